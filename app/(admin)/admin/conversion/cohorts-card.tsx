"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { ChartFigure } from "../../../_charts/chart-figure.tsx";
import { LateTrendChart } from "../../../_charts/late-trend-chart.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { AdminCard } from "../../admin-card.tsx";
import page from "../../admin-page.module.css";
import { ShareValue, SMALL_N } from "../../share-value.tsx";

/** What the documents ask for: 4 to 5 of 100 leads become tenants. */
const target = { from: 0.04, to: 0.05 };

export function CohortsCard({ cohorts, ripe }: RouterOutputs["reports"]["conversionByMonth"]) {
  const t = useTranslations("conversion");
  const figures = useFigures();
  const months = cohorts.filter(({ isRipe }) => isRipe).length;
  return (
    <AdminCard id="cohorts" title={t("cohorts")} aside={ripe && <ShareValue value={ripe} />}>
      {cohorts.length === 0 ? (
        <p className={page.soft}>{t("empty")}</p>
      ) : (
        <ChartFigure
          sentence={
            ripe?.share == null
              ? t("onlyYoung")
              : t("sentence", { hits: figures.whole(ripe.hits), of: ripe.of, share: figures.share(ripe.share), months })
          }
          counted={t("counted")}
          table={{
            head: [t("month"), t("leads"), t("converted"), t("share"), t("interval"), t("state")],
            rows: cohorts.map(({ month, converted, isRipe }) => ({
              key: month,
              cells: [
                figures.month(month),
                figures.whole(converted.of),
                figures.whole(converted.hits),
                figures.share(converted.share!),
                figures.shareRange(converted.low!, converted.high!),
                isRipe ? t("ripe") : t("young"),
              ],
            })),
          }}
        >
          <LateTrendChart
            points={cohorts.map(({ month, converted: { share, low, high, of }, isRipe }) => ({
              ...{ key: month, label: figures.month(month), value: share, low, high },
              isFaint: !isRipe || of < SMALL_N,
            }))}
            target={{ ...target, label: t("target") }}
            word={figures.share}
          />
        </ChartFigure>
      )}
    </AdminCard>
  );
}
