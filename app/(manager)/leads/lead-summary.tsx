"use client";

import { useTranslations } from "next-intl";
import classes from "./lead-summary.module.css";
import type { LeadRow } from "./use-wish-words.ts";
import { WishChips } from "./wish-chips.tsx";

/** A lead in two short lines, or in one: who asks, and for what. */
export function LeadSummary({ lead, line = false }: { lead: LeadRow; line?: boolean }) {
  const t = useTranslations("leads");
  return (
    <span className={classes.summary} data-line={line || undefined}>
      <span className={classes.who}>
        <span className={lead.brand === null ? classes.nameless : classes.brand}>{lead.brand ?? t("noBrand")}</span>
        <span className={classes.id}>{t("numbered", { id: lead.leadId })}</span>
        {lead.trades.length > 0 && <span className={classes.trades}>{lead.trades.join(", ")}</span>}
      </span>
      <WishChips lead={lead} />
    </span>
  );
}
