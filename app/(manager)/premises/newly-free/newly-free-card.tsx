"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Problem } from "../../../_ui/problem.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import { LeadMatchCard } from "../lead-match-card.tsx";
import { PremisesSummary } from "../premises-summary.tsx";
import classes from "./newly-free.module.css";

/** The few best are enough to pick up the phone. */
const leadsShown = 3;

/** One premises of the morning: what changed, and the leads that it fits best, one's own first. */
export function NewlyFreeCard({ premises }: { premises: RouterOutputs["premises"]["newlyFree"]["premises"][number] }) {
  const t = useTranslations("morning");
  const figures = useFigures();
  const { premisesId } = premises;
  const best = useQuery(
    useTRPC().matching.premises.queryOptions(
      { premisesId, decision: "keep", ownFirst: true, withReasons: false, limit: leadsShown },
      { staleTime: 5 * 60_000, refetchOnWindowFocus: false },
    ),
  );
  const path = `/premises/${encodeURIComponent(premisesId)}`;
  return (
    <article className={classes.card}>
      <p className={classes.change} data-change={premises.change}>
        {premises.change === "freed"
          ? t("freed", { day: figures.day(premises.changedOn) })
          : t("cheaper", {
              day: figures.day(premises.changedOn),
              before: premises.rentBeforeRubMonth === null ? "" : figures.rub(premises.rentBeforeRubMonth),
            })}
      </p>
      <Link href={path} prefetch={false} className={classes.premises}>
        <PremisesSummary premises={premises} />
      </Link>
      {best.isPending && (
        <div role="status" className={classes.soft}>
          {t("matching")}
          <Skeleton height={64} radius="md" mt={6} aria-hidden />
        </div>
      )}
      {best.isError && <Problem error={best.error} onRetry={() => void best.refetch()} retrying={best.isFetching} />}
      {best.isSuccess && best.data.leads.length === 0 && <p className={classes.soft}>{t("noLeads")}</p>}
      {best.isSuccess && best.data.leads.length > 0 && (
        <>
          <ul className={classes.leads} aria-label={t("best")}>
            {best.data.leads.map((match) => (
              <li key={match.lead.leadId}>
                <LeadMatchCard match={match} premisesId={premisesId} withLikelihood={best.data.model !== null} />
              </li>
            ))}
          </ul>
          {best.data.kept > best.data.leads.length && (
            <Link href={`${path}?decision=keep`} prefetch={false} className={classes.all}>
              {t("all", { count: best.data.kept })}
            </Link>
          )}
        </>
      )}
    </article>
  );
}
