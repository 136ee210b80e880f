import { useTranslations } from "next-intl";
import { useFigures } from "../../../../_ui/use-figures.ts";
import type { BoardItem, MatchBoard } from "../board-answers.ts";
import { LikelihoodBadge } from "../likelihood-badge.tsx";
import { readBasis } from "../read-basis.ts";
import classes from "./model-opinion.module.css";

/** What the model thinks, as ranges and counts; how far from the threshold; and what the threshold rests on. */
export function ModelOpinion({ item, model }: { item: BoardItem; model: NonNullable<MatchBoard["model"]> }) {
  const t = useTranslations("opinion");
  const figures = useFigures();
  const basis = readBasis(model.basis);
  const { suitability, probability } = item;
  const [value, threshold] = [figures.hundredth(suitability), figures.hundredth(model.threshold)];
  return (
    <>
      <p className={classes.chance}>
        <LikelihoodBadge probability={probability} />
        <span className={classes.count}>
          {probability < 0.01 ? t("rarer") : t("oneOf", { n: String(Math.round(1 / probability)) })}
        </span>
      </p>
      <div className={classes.suitability}>
        <span className={classes.words}>
          <span>{t("suitability")}</span>
          <span>
            {value === threshold
              ? t("suitabilityNear", { side: suitability >= model.threshold ? "above" : "below", threshold })
              : t("suitabilityOf", { value, threshold })}
          </span>
        </span>
        <span className={classes.track} aria-hidden>
          <span
            className={classes.fill}
            data-kept={item.decision === "keep" || undefined}
            style={{ width: `${(suitability * 100).toFixed(1)}%` }}
          />
          <span className={classes.threshold} style={{ left: `${(model.threshold * 100).toFixed(1)}%` }} />
        </span>
      </div>
      <p className={classes.note}>
        {basis
          ? t("basis", { kept: String(basis.kept), n: basis.n, source: t(`sourceOf.${basis.source}`) })
          : t("noBasis")}
      </p>
    </>
  );
}
