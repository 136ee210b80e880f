"use client";

import { SegmentedControl, Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../_ui/card.tsx";
import { Problem } from "../../_ui/problem.tsx";
import { useFigures } from "../../_ui/use-figures.ts";
import { useTRPC } from "../../trpc/client.tsx";
import classes from "./funnel-card.module.css";
import { funnelSpan } from "./me-address.ts";
import page from "./my-page.module.css";

type Funnel = NonNullable<RouterOutputs["me"]["funnel"]>;

const spans = ["month", "quarter", "year"] as const;
const steps = ["leads", "opened", "offered", "won", "leased"] as const;
/** Below so many leads a share swings by twenty points and more with a single one. */
const leadsForShares = 20;

/** How far one's own leads have come; shares only where there are leads enough to say any. */
export function FunnelCard() {
  const t = useTranslations("me");
  const [span, setSpan] = useQueryState("span", funnelSpan);
  const funnel = useQuery(useTRPC().me.funnel.queryOptions({ span }, { placeholderData: keepPreviousData }));
  return (
    <Card
      id="funnel"
      title={t("funnel")}
      aside={
        <SegmentedControl
          size="xs"
          value={span}
          onChange={(value) => void setSpan(value as (typeof spans)[number])}
          data={spans.map((value) => ({ value, label: t(`spanOf.${value}`) }))}
          aria-label={t("span")}
        />
      }
    >
      {funnel.isPending && <Skeleton height={150} radius="md" aria-hidden />}
      {funnel.isError && (
        <Problem error={funnel.error} onRetry={() => void funnel.refetch()} retrying={funnel.isFetching} />
      )}
      {funnel.data && <Steps funnel={funnel.data} stale={funnel.isPlaceholderData} />}
    </Card>
  );
}

function Steps({ funnel, stale }: { funnel: Funnel; stale: boolean }) {
  const t = useTranslations("me");
  const figures = useFigures();
  if (funnel.leads === 0) return <p className={page.soft}>{t("funnelEmpty", { from: figures.day(funnel.from) })}</p>;
  const few = funnel.leads < leadsForShares;
  return (
    <>
      <dl className={classes.steps} data-stale={stale || undefined}>
        {steps.map((step) => {
          const share = funnel[step] / funnel.leads;
          return (
            <div key={step} className={classes.step}>
              <dt>{t(`stepOf.${step}`)}</dt>
              <dd>
                <span className={classes.track} aria-hidden>
                  <span className={classes.bar} data-step={step} style={{ width: `${share * 100}%` }} />
                </span>
                <span className={classes.count}>
                  {figures.whole(funnel[step])}
                  {step !== "leads" && !few && (
                    <span className={classes.share}>{figures.percentOf(funnel[step], funnel.leads)}</span>
                  )}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
      <p className={page.soft}>
        {t("funnelBasis", { from: figures.day(funnel.from) })} {few ? t("funnelFew", { n: funnel.leads }) : null}
      </p>
    </>
  );
}
