import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import classes from "./models.module.css";
import { useEstimates } from "./use-estimates.ts";

type Figures = NonNullable<RouterOutputs["models"]["list"]["models"][number]["figures"]>;

/** In the order in which they are asked for: what is lost, what is left to look at, how well it orders. */
export const figureNames = ["lossless", "kept", "keptAt8Of10", "aucWithinLead"] as const;

/** What a model is worth in four figures, each with its interval below. */
export function FigureRow({ figures }: { figures: Figures }) {
  const t = useTranslations("models");
  const estimates = useEstimates();
  return (
    <dl className={classes.figures}>
      {figureNames.map((name) => (
        <div key={name}>
          <dt>{t(`figure.${name}`)}</dt>
          <dd className={classes.value}>{estimates.value(name, figures[name])}</dd>
          <dd className={classes.interval}>{estimates.interval(name, figures[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
