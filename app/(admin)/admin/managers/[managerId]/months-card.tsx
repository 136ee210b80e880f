import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { ChartFigure } from "../../../../_charts/chart-figure.tsx";
import { LateTrendChart } from "../../../../_charts/late-trend-chart.tsx";
import { Card } from "../../../../_ui/card.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import page from "../../../admin-page.module.css";

type Month = RouterOutputs["reports"]["manager"]["months"][number];

/** What a manager did month by month: leads in the picture, all of it in the table. */
export function MonthsCard({ months }: { months: readonly Month[] }) {
  const t = useTranslations("managers");
  const figures = useFigures();
  const last = months.at(-1);
  const words = ["leads", "opened", "sent", "wronglyRemoved", "wronglyKept"] as const;
  return (
    <Card id="months" title={t("months")}>
      {!last ? (
        <p className={page.soft}>{t("noMonths")}</p>
      ) : (
        <ChartFigure
          sentence={t("monthsSentence", {
            ...{ leads: months.reduce((sum, { leads }) => sum + leads, 0), months: months.length },
            ...{ last: last.leads, month: figures.month(last.month) },
          })}
          counted={t("monthsCounted")}
          table={{
            head: [t("month"), ...words.map((word) => t(`monthColumns.${word}`))],
            rows: months.map((month) => ({
              key: month.month,
              cells: [figures.month(month.month), ...words.map((word) => figures.whole(month[word]))],
            })),
          }}
        >
          <LateTrendChart
            points={months.map(({ month, leads }) => ({ key: month, label: figures.month(month), value: leads }))}
            word={(value) => figures.whole(value)}
            isCount
          />
        </ChartFigure>
      )}
    </Card>
  );
}
