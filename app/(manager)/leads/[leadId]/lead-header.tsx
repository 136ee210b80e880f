"use client";

import { Button } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useId, useState } from "react";
import { BackArrow } from "../../../_ui/back-arrow.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import type { Undo } from "../../../_ui/use-undo.ts";
import { type LeadCard, useWishWords } from "../use-wish-words.ts";
import { WishChips } from "../wish-chips.tsx";
import { boardAddress } from "./board-address.ts";
import classes from "./lead-header.module.css";
import { LeadHeaderChange } from "./lead-header-change.tsx";
import { LeadHeaderWish } from "./lead-header-wish.tsx";
import { type Field, useAnswers } from "./use-answers.ts";

/**
 * Who asks and for what. What the lead did not say is a question to put to it, answered here and judged at once; it is never
 * an "any".
 */
export function LeadHeader({ lead, remember }: { lead: LeadCard; remember: Undo["remember"] }) {
  const t = useTranslations("leads");
  const wishes = useTranslations("wishes");
  const board = useTranslations("board");
  const ask = useTranslations("answer");
  const figures = useFigures();
  const [{ asOf }, setAddress] = useQueryStates({ asOf: boardAddress.asOf, open: boardAddress.open });
  const answers = useAnswers(lead, remember);
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const inWords = useInWords();

  const now = inWords(lead);
  const names: [Field, string][] = [
    ["area", wishes("area")],
    ["budget", wishes("budget")],
    ["bank", wishes("bank")],
    ["districts", wishes("districts")],
    ["trades", wishes("trades")],
    ["network_size", wishes("network")],
  ];
  if (lead.brand === null || lead.answers.some(({ field }) => field === "brand"))
    names.push(["brand", wishes("brand")]);
  const editable = lead.mayAnswer && asOf === null;
  const missing = names.filter(([field]) => now[field] === null).length;

  return (
    <header className={classes.header}>
      <div className={classes.who}>
        <BackArrow href="/leads" label={board("back")} />
        <div className={classes.names}>
          <h1 className={classes.brand} data-nameless={lead.brand === null || undefined}>
            {lead.brand ?? t("noBrand")}
          </h1>
          <p className={classes.meta}>
            <span>{t("numbered", { id: lead.leadId })}</span>
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
        {editable && missing > 0 && (
          <button type="button" className={classes.gaps} onClick={() => setOpen(true)}>
            {ask("gaps", { count: missing })}
          </button>
        )}
      </div>
      <dl id={detailsId} className={classes.wishes} data-open={open || undefined} aria-label={wishes("title")}>
        {names.map(([field, name]) => (
          <LeadHeaderWish
            key={field}
            lead={lead}
            field={field}
            name={name}
            value={now[field]}
            crm={inWords({ ...lead, ...lead.answers.find((answer) => answer.field === field)?.crm })[field]}
            answers={editable ? answers : null}
          />
        ))}
      </dl>
      {answers.told && (
        <LeadHeaderChange
          key={answers.told.kind}
          told={answers.told}
          answers={answers}
          onOpen={(premisesId) => void setAddress({ open: premisesId }, { history: "push" })}
        />
      )}
    </header>
  );
}

/** Each question's wish in words; null where the lead did not say. */
function useInWords(): (lead: LeadCard) => Record<Field, string | null> {
  const t = useTranslations("wishes");
  const wordsOf = useWishWords();
  return (lead) => {
    const { area, budget, bank, districts, trades, network } = wordsOf(lead);
    const perMonth = budget && t("perMonth", { value: budget });
    return { area, budget: perMonth, bank, districts, trades, network_size: network, brand: lead.brand };
  };
}
