"use client";

import { Loader, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../_ui/card.tsx";
import { Problem } from "../../_ui/problem.tsx";
import { useTRPC } from "../../trpc/client.tsx";
import classes from "./effect-card.module.css";
import page from "./my-page.module.css";

type Effect = RouterOutputs["me"]["tasteEffect"];

/** What one's own marks changed on one's latest boards: measured, and said when nothing did. */
export function EffectCard() {
  const t = useTranslations("me");
  const effect = useQuery(useTRPC().me.tasteEffect.queryOptions());
  return (
    <Card id="effect" title={t("effect")}>
      {effect.isPending && (
        <div role="status" className={classes.measuring}>
          <Loader size={18} aria-hidden />
          <span className={page.soft}>{t("measuring")}</span>
          <Skeleton height={64} radius="md" className={classes.skeleton} aria-hidden />
        </div>
      )}
      {effect.isError && (
        <Problem error={effect.error} onRetry={() => void effect.refetch()} retrying={effect.isFetching} />
      )}
      {effect.isSuccess && effect.data.state !== "measured" && (
        <p className={page.soft}>{effect.data.state === "no-taste" ? t("effectNoTaste") : t("effectNoBoards")}</p>
      )}
      {effect.isSuccess && effect.data.state === "measured" && <Measured effect={effect.data} />}
    </Card>
  );
}

function Measured({ effect }: { effect: Effect }) {
  const t = useTranslations("me");
  const leads = useTranslations("leads");
  const { marks, boards, changedBoards, rescued, removed, examples } = effect;
  if (rescued + removed === 0) return <p className={page.soft}>{t("effectNone", { marks, boards })}</p>;
  return (
    <>
      <p className={classes.sentence}>{t("effectSentence", { marks })}</p>
      <dl className={classes.tiles}>
        <div className={classes.tile} data-side="keep">
          <dt>{t("rescued", { count: rescued })}</dt>
          <dd>{rescued === 0 ? 0 : `+${rescued}`}</dd>
        </div>
        <div className={classes.tile} data-side="remove">
          <dt>{t("removedByTaste", { count: removed })}</dt>
          <dd>{removed === 0 ? 0 : `−${removed}`}</dd>
        </div>
      </dl>
      <p className={page.soft}>{t("effectBasis", { boards, changed: String(changedBoards) })}</p>
      <ul className={classes.examples}>
        {examples.map((one) => (
          <li key={`${one.leadId} ${one.premisesId}`}>
            <span className={classes.sign} data-side={one.decision} aria-hidden>
              {one.decision === "keep" ? "+" : "−"}
            </span>
            <Link
              className={classes.example}
              prefetch={false}
              href={`/leads/${encodeURIComponent(one.leadId)}?open=${encodeURIComponent(one.premisesId)}`}
            >
              {one.premisesName}
            </Link>
            <span className={page.soft}>
              {t(one.decision === "keep" ? "exampleKept" : "exampleRemoved", {
                lead: one.brand ?? `${leads("noBrand")} ${leads("numbered", { id: one.leadId })}`,
              })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
