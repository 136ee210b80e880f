"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../_ui/use-figures.ts";
import { LikelihoodBadge } from "../leads/[leadId]/likelihood-badge.tsx";
import { ReasonList } from "../leads/[leadId]/reason-list.tsx";
import { LeadSummary } from "../leads/lead-summary.tsx";
import classes from "./lead-match-card.module.css";

type Match = RouterOutputs["matching"]["premises"]["leads"][number];

/** One lead as a premises sees it: the verdict and the chance of its own board, and a way there. */
export function LeadMatchCard(props: { match: Match; premisesId: string; withLikelihood: boolean }) {
  const { lead, decision, probability, reasons, offered } = props.match;
  const t = useTranslations("stock");
  const leads = useTranslations("leads");
  const figures = useFigures();
  return (
    <article className={classes.card} data-side={decision}>
      <Link
        href={`/leads/${encodeURIComponent(lead.leadId)}?open=${encodeURIComponent(props.premisesId)}`}
        prefetch={false}
        className={classes.link}
      >
        <LeadSummary lead={lead} />
      </Link>
      <div className={classes.line}>
        <span className={classes.verdict}>{t(`decisionOf.${decision}`)}</span>
        {props.withLikelihood && <LikelihoodBadge probability={probability} />}
        <span className={classes.aside}>
          {figures.day(lead.createdOn)} ·{" "}
          <span data-mine={lead.mine || undefined}>
            {lead.mine ? leads("mine") : (lead.managerName ?? leads("noManager"))}
          </span>
        </span>
      </div>
      {reasons.length > 0 && <ReasonList reasons={reasons} />}
      {offered !== null && (
        <p className={classes.offered}>{t(`offeredOf.${offered.stage}`, { day: figures.day(offered.on) })}</p>
      )}
    </article>
  );
}
