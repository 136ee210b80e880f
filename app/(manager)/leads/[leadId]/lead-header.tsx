"use client";

import { Button } from "@mantine/core";
import { IconArrowLeft, IconChevronDown } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useFigures } from "../../../_ui/use-figures.ts";
import { type LeadRow, useWishWords } from "../use-wish-words.ts";
import { WishChips } from "../wish-chips.tsx";
import classes from "./lead-header.module.css";

/** Who asks and for what. What the lead did not say is shown as not said: it is a question to ask, not an "any". */
export function LeadHeader({ lead }: { lead: LeadRow }) {
  const t = useTranslations("leads");
  const wishes = useTranslations("wishes");
  const board = useTranslations("board");
  const figures = useFigures();
  const words = useWishWords()(lead);
  const [open, setOpen] = useState(false);
  const detailsId = useId();

  const rows = [
    { name: wishes("area"), value: words.area },
    { name: wishes("budget"), value: words.budget && wishes("perMonth", { value: words.budget }) },
    { name: wishes("bank"), value: words.bank },
    { name: wishes("districts"), value: words.districts },
    { name: wishes("trades"), value: words.trades },
    { name: wishes("network"), value: words.network },
  ];

  return (
    <header className={classes.header}>
      <div className={classes.who}>
        <Link href="/leads" className={classes.back} aria-label={board("back")}>
          <IconArrowLeft size={18} stroke={1.8} aria-hidden />
        </Link>
        <div className={classes.names}>
          <h1 className={classes.brand} data-nameless={lead.brand === null || undefined}>
            {lead.brand ?? t("noBrand")}
          </h1>
          <p className={classes.meta}>
            <span>№&nbsp;{lead.leadId}</span>
            <span>{figures.day(lead.createdOn)}</span>
            {lead.source !== null && <span>{lead.source}</span>}
            <span>{lead.mine ? t("mine") : (lead.managerName ?? t("noManager"))}</span>
            <Link href={`/proposals?lead=${encodeURIComponent(lead.leadId)}`}>{t("proposals")}</Link>
          </p>
        </div>
        <Button
          className={classes.more}
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={open}
          aria-controls={detailsId}
          onClick={() => setOpen(!open)}
          rightSection={<IconChevronDown size={15} data-open={open || undefined} className={classes.chevron} />}
        >
          {open ? board("hideDetails") : board("details")}
        </Button>
      </div>
      <div className={classes.short} data-open={open || undefined}>
        <WishChips lead={lead} />
      </div>
      <dl id={detailsId} className={classes.wishes} data-open={open || undefined} aria-label={wishes("title")}>
        {rows.map(({ name, value }) => (
          <div key={name} className={classes.wish}>
            <dt>{name}</dt>
            <dd data-unknown={value === null || undefined}>{value ?? wishes("unknown")}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
