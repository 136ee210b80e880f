"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../../_ui/use-figures.ts";
import classes from "./premises-price.module.css";

const chartHeight = 176;
const PriceCurve = dynamic(() => import("../../../../_charts/price-curve.tsx").then((module) => module.PriceCurve), {
  ssr: false,
  loading: () => <Skeleton height={chartHeight} radius="md" />,
});

type Weighing = NonNullable<RouterOutputs["matching"]["weigh"]>;

/** The chance of a deal at other rents: a curve, and the same as a table. What nobody has paid yet is «no data». */
export function PremisesPrice({ price }: { price: Weighing["price"] }) {
  const t = useTranslations("price");
  const figures = useFigures();
  if (price.curve.length === 0) return null;
  const points = price.curve.map(({ rentRubMonth, probability, beyondSeen }) => ({
    rentRubMonth,
    probability: beyondSeen ? null : probability,
  }));
  if (points.every(({ probability }) => probability === null)) return <p className={classes.note}>{t("curveNone")}</p>;
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>{t("curve")}</figcaption>
      <PriceCurve
        points={points}
        askingRubMonth={price.askingRubMonth}
        bestRubMonth={price.bestRubMonth}
        words={{
          noData: t("noData"),
          asking: t("askingShort"),
          best: t("bestShort"),
          rent: figures.rubShort,
          chance: (share) => (share === 0 ? "0" : figures.percent(share)),
        }}
      />
      <details className={classes.details}>
        <summary>{t("asTable")}</summary>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("rent")}</th>
              <th scope="col">{t("chance")}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ rentRubMonth, probability }) => (
              <tr key={rentRubMonth} data-asking={rentRubMonth === price.askingRubMonth || undefined}>
                <td>
                  {figures.rub(rentRubMonth)}
                  {rentRubMonth === price.askingRubMonth && <> · {t("askingShort")}</>}
                  {rentRubMonth === price.bestRubMonth && <> · {t("bestShort")}</>}
                </td>
                <td>{probability === null ? t("noData") : figures.percent(probability)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
