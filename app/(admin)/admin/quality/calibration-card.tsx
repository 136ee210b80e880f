"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { ChartFigure } from "../../../_charts/chart-figure.tsx";
import { LateCalibrationChart } from "../../../_charts/late-calibration-chart.tsx";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";

/** What boards had said of the chance of a deal, and what came; beside it what the model's report says of the same. */
export function CalibrationCard({ bands, young, ofReport }: RouterOutputs["reports"]["calibration"]) {
  const t = useTranslations("quality");
  const figures = useFigures();
  const deals = bands.reduce((sum, { observed }) => sum + observed.of, 0);
  const curve = ofReport?.curve.filter(({ observed }) => observed.value !== null) ?? [];
  return (
    <Card id="calibration" title={t("calibration")}>
      {deals === 0 && curve.length === 0 ? (
        <p className={page.soft}>{t("calibrationEmpty")}</p>
      ) : (
        <ChartFigure
          sentence={
            deals === 0
              ? t("calibrationOnlyReport", { id: ofReport!.modelId })
              : t("calibrationSentence", {
                  deals,
                  won: bands.reduce((sum, { observed }) => sum + observed.hits, 0),
                })
          }
          counted={t("calibrationCounted", { young })}
          table={{
            head: [t("band"), t("predicted"), t("observed"), t("corrected"), t("interval"), t("deals")],
            rows: [
              ...bands.map(({ from, to, predicted, observed, corrected }) => ({
                key: `band ${from}`,
                cells: [
                  figures.shareRange(from, to),
                  figures.share(predicted),
                  t("outOf", { hits: observed.hits, of: observed.of }),
                  corrected ? figures.share(corrected.share) : "—",
                  corrected ? figures.shareRange(corrected.low, corrected.high) : "—",
                  figures.whole(observed.of),
                ],
              })),
              ...curve.map(({ n, predicted, observed }, i) => ({
                key: `report ${i}`,
                cells: [
                  t("ofReport", { id: ofReport!.modelId }),
                  figures.share(predicted),
                  "—",
                  figures.share(observed.value!),
                  observed.low === null || observed.high === null
                    ? "—"
                    : figures.shareRange(observed.low, observed.high),
                  figures.whole(n),
                ],
              })),
            ],
          }}
        >
          <LateCalibrationChart
            seen={bands.flatMap(({ predicted, corrected }) =>
              corrected
                ? {
                    predicted,
                    observed: corrected.share,
                    low: corrected.low,
                    high: corrected.high,
                  }
                : [],
            )}
            seenName={t("seenName")}
            compared={curve.map(({ predicted, observed }) => ({
              predicted,
              observed: observed.value!,
              low: observed.low,
              high: observed.high,
            }))}
            comparedName={ofReport ? t("ofReport", { id: ofReport.modelId }) : ""}
            predictedName={t("predicted")}
            word={figures.share}
          />
        </ChartFigure>
      )}
    </Card>
  );
}
