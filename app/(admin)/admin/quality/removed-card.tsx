"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { ChartFigure } from "../../../_charts/chart-figure.tsx";
import { LateStackChart } from "../../../_charts/late-stack-chart.tsx";
import { LateTrendChart } from "../../../_charts/late-trend-chart.tsx";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";
import { SMALL_N } from "../../share-value.tsx";
import classes from "./quality.module.css";

type Removed = RouterOutputs["reports"]["removedByWeek"];

/** So many reasons are told apart by colour; the rest is one of its own. */
const REASONS_MAX = 5;

/** How much is taken off the boards, and why. */
export function RemovedCard({ weeks, all }: Removed) {
  const t = useTranslations("quality");
  const figures = useFigures();
  return (
    <Card id="removed" title={t("removed")}>
      {all === null ? (
        <p className={page.soft}>{t("noBoards")}</p>
      ) : (
        <div className={classes.pair}>
          <ChartFigure
            sentence={t("removedSentence", {
              leads: all.leads,
              share: figures.share(all.median),
              range: figures.shareRange(all.low, all.high),
            })}
            counted={t("removedCounted")}
            table={{
              head: [t("week"), t("median"), t("quartiles"), t("leads")],
              rows: weeks.map(({ week, median, low, high, leads }) => ({
                key: week,
                cells: [figures.day(week), figures.share(median), figures.shareRange(low, high), figures.whole(leads)],
              })),
            }}
          >
            <LateTrendChart
              points={weeks.map(({ week, median, low, high, leads }) => ({
                ...{ key: week, label: figures.day(week), value: median, low, high },
                isFaint: leads < SMALL_N,
              }))}
              word={figures.share}
              top={1}
            />
          </ChartFigure>
          <Reasons weeks={weeks} />
        </div>
      )}
    </Card>
  );
}

function Reasons({ weeks }: Pick<Removed, "weeks">) {
  const t = useTranslations("quality");
  const reason = useTranslations("reason");
  const figures = useFigures();
  const totals = new Map<keyof Removed["weeks"][number]["reasons"], number>();
  for (const { reasons } of weeks)
    for (const [code, n] of Object.entries(reasons) as [Parameters<typeof totals.get>[0], number][])
      totals.set(code, (totals.get(code) ?? 0) + n);
  const codes = [...totals].toSorted((a, b) => b[1] - a[1]).map(([code]) => code);
  const told = weeks.filter(({ reasons }) => Object.keys(reasons).length > 0);
  if (codes.length === 0) return <p className={page.soft}>{t("noReasons")}</p>;
  const named = codes.slice(0, REASONS_MAX);
  const series = [...named.map((code) => reason(code)), ...(codes.length > REASONS_MAX ? [reason("other")] : [])];
  const points = told.map(({ week, reasons }) => {
    const all = Object.values(reasons).reduce((sum, n) => sum + n, 0);
    const parts = named.map((code) => (reasons[code] ?? 0) / all);
    const rest = 1 - parts.reduce((sum, part) => sum + part, 0);
    return {
      key: week,
      label: figures.day(week),
      parts: codes.length > REASONS_MAX ? [...parts, Math.max(0, rest)] : parts,
    };
  });
  const whole = [...totals.values()].reduce((sum, n) => sum + n, 0);
  return (
    <ChartFigure
      sentence={t("reasonsSentence", {
        reason: reason(codes[0]!).toLowerCase(),
        share: figures.share(totals.get(codes[0]!)! / whole),
      })}
      counted={t("reasonsCounted")}
      table={{
        head: [t("week"), ...series],
        rows: points.map(({ key, label, parts }) => ({ key, cells: [label, ...parts.map(figures.share)] })),
      }}
    >
      <LateStackChart points={points} series={series} word={figures.share} />
    </ChartFigure>
  );
}
