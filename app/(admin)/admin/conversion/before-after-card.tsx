"use client";

import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import page from "../../admin-page.module.css";
import { ShareValue } from "../../share-value.tsx";
import classes from "./conversion.module.css";
import { DifferenceValue } from "./difference-value.tsx";

type Comparison = RouterOutputs["reports"]["beforeAfterPromotion"][number];

/** Leads before and after a model went live, with the words that keep it from being read as the model's effect. */
export function BeforeAfterCard({ swaps }: { swaps: readonly Comparison[] }) {
  const t = useTranslations("conversion");
  const figures = useFigures();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown =
    swaps.find(({ promotionId }) => String(promotionId) === chosen) ?? swaps.find(({ sides }) => sides) ?? swaps[0];
  const nameOf = (modelId: number | null) =>
    modelId === null ? t("swapRules") : t("swapModel", { id: String(modelId) });
  const nameSwap = ({ kind, on, fromModelId, toModelId }: Comparison) =>
    t(`swapOf.${kind}`, { day: figures.day(on), to: String(toModelId), from: nameOf(fromModelId) });
  return (
    <Card id="before-after" title={t("beforeAfter")}>
      <p className={classes.warning}>
        <strong>{t("notEffect")}</strong> {t("notEffectMore")}
      </p>
      {shown ? (
        <>
          {swaps.length > 1 ? (
            <Select
              label={t("swap")}
              mb="sm"
              maw={420}
              allowDeselect={false}
              value={String(shown.promotionId)}
              onChange={setChosen}
              data={swaps.map((swap) => ({ value: String(swap.promotionId), label: nameSwap(swap) }))}
            />
          ) : (
            <p className={page.soft}>{nameSwap(shown)}</p>
          )}
          {shown.sides ? <Sides sides={shown.sides} /> : <p className={page.soft}>{t("tooEarly")}</p>}
        </>
      ) : (
        <p className={page.soft}>{t("noSwaps")}</p>
      )}
    </Card>
  );
}

function Sides({ sides }: { sides: NonNullable<Comparison["sides"]> }) {
  const t = useTranslations("conversion");
  const reports = useTranslations("reports");
  const figures = useFigures();
  const { days, before, after } = sides;
  const rows = [
    { word: "soonConverted", before: before.converted, after: after.converted, difference: sides.converted },
    { word: "soonDealt", before: before.dealt, after: after.dealt, difference: sides.dealt },
  ] as const;
  const mean = (value: number | null) => (value === null ? reports("noData") : figures.hundredth(value));
  const span = ({ fromOn, toOn }: typeof before) => t("sideSpan", { from: figures.day(fromOn), to: figures.day(toOn) });
  return (
    <>
      <WideTable label={`${t("beforeAfter")}: ${reports("asTable")}`}>
        <table className={classes.table}>
          <thead>
            <tr>
              <td />
              <th scope="col">
                {t("before")}
                <br />
                {span(before)}
              </th>
              <th scope="col">
                {t("after")}
                <br />
                {span(after)}
              </th>
              <th scope="col">{t("difference")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.word}>
                <th scope="row">{t(row.word)}</th>
                <td>
                  <ShareValue value={row.before} />
                </td>
                <td>
                  <ShareValue value={row.after} />
                </td>
                <td>
                  <DifferenceValue value={row.difference} />
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t("dealsPerLead")}</th>
              <td>{mean(before.dealsPerLead)}</td>
              <td>{mean(after.dealsPerLead)}</td>
              <td />
            </tr>
          </tbody>
        </table>
      </WideTable>
      <p className={classes.counted}>{t("sides", { days })}</p>
    </>
  );
}
