"use client";

import { SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { ChartFigure } from "../../../_charts/chart-figure.tsx";
import { LateTrendChart } from "../../../_charts/late-trend-chart.tsx";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";
import { SMALL_N } from "../../share-value.tsx";
import classes from "./conversion.module.css";

type Conversion = RouterOutputs["reports"]["conversionByMonth"];

/** What the documents ask for: 4 to 5 of 100 leads become tenants. */
const target = { from: 0.04, to: 0.05 };

/** The whole way, and each of its two steps. */
const ways = ["converted", "dealt", "convertedOfDealt"] as const;

export function CohortsCard({ cohorts, ripe }: Conversion) {
  const t = useTranslations("conversion");
  const figures = useFigures();
  const [way, setWay] = useState<(typeof ways)[number]>("converted");
  const months = cohorts.filter(({ isRipe }) => isRipe).length;
  const whole = ripe?.[way];
  const known = cohorts.filter((cohort) => cohort[way].of > 0);
  return (
    <Card
      id="cohorts"
      title={t("cohorts")}
      aside={
        <SegmentedControl
          size="xs"
          classNames={{ label: classes.way }}
          aria-label={t("way")}
          value={way}
          onChange={(chosen) => setWay(chosen as typeof way)}
          data={ways.map((value) => ({ value, label: t(`ways.${value}`) }))}
        />
      }
    >
      {known.length === 0 ? (
        <p className={page.soft}>{t("empty")}</p>
      ) : (
        <ChartFigure
          sentence={
            whole?.share == null
              ? t("onlyYoung")
              : t(`sentence.${way}`, {
                  ...{ hits: figures.whole(whole.hits), of: whole.of, share: figures.share(whole.share), months },
                  range: figures.shareRange(whole.low!, whole.high!),
                })
          }
          counted={`${t(`counted.${way}`)} ${t("drawn")}`}
          table={{
            head: [t("month"), t(`of.${way}`), t(`hits.${way}`), t("share"), t("interval"), t("state")],
            rows: known.map(({ month, isRipe, [way]: { hits, of, share, low, high } }) => ({
              key: month,
              cells: [
                ...[figures.month(month), figures.whole(of), figures.whole(hits)],
                ...[figures.share(share!), figures.shareRange(low!, high!), isRipe ? t("ripe") : t("young")],
              ],
            })),
          }}
        >
          <LateTrendChart
            points={cohorts.map(({ month, isRipe, [way]: { share, low, high, of } }) => ({
              ...{ key: month, label: figures.month(month), value: share, low, high },
              isFaint: !isRipe || of < SMALL_N,
            }))}
            {...(way === "converted" ? { target: { ...target, label: t("target") } } : {})}
            word={figures.share}
          />
        </ChartFigure>
      )}
    </Card>
  );
}
