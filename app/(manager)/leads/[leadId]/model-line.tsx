"use client";

import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";
import type { MatchBoard } from "./board-answers.ts";
import classes from "./model-line.module.css";
import { readBasis } from "./read-basis.ts";

/** By what the board was made, and how well that is known to work; hand rules are named as what they are. */
export function ModelLine({
  model,
  byDraw,
  counts,
}: {
  model: MatchBoard["model"];
  /** An experiment has drawn the lead into the arm without the model. */
  byDraw: boolean;
  counts: { total: number; kept: number; removed: number };
}) {
  const t = useTranslations("board");
  const opinion = useTranslations("opinion");
  const figures = useFigures();
  const { total, kept, removed } = counts;
  const basis = model && readBasis(model.basis);
  return (
    <p className={classes.line}>
      <span className={classes.summary} role="status">
        {t("summary", { total, kept: String(kept), removed: String(removed) })}
      </span>
      {model ? (
        <span>
          {t("model", { id: String(model.modelId), day: figures.day(model.asOf) })},{" "}
          {basis
            ? t("modelBasis", { kept: String(basis.kept), n: basis.n, source: opinion(`sourceOf.${basis.source}`) })
            : t("modelNoBasis")}
        </span>
      ) : (
        <span>
          <strong className={classes.handRules}>{t(byDraw ? "byDraw" : "handRules")}</strong>{" "}
          {t(byDraw ? "byDrawMore" : "handRulesMore")}
        </span>
      )}
    </p>
  );
}
