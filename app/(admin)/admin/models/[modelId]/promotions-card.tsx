import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import classes from "../models.module.css";
import { useModelWords } from "../use-model-words.ts";

/** When this model came to answer and when it ceased to, by whose hand, and why against the gate where it was so. */
export function PromotionsCard({ promotions }: { promotions: RouterOutputs["models"]["show"]["promotions"] }) {
  const t = useTranslations("models");
  const figures = useFigures();
  const { who } = useModelWords();
  return (
    <Card id="promotions" title={t("promotions")}>
      {promotions.length === 0 && <p className={classes.say}>{t("promotionsNone")}</p>}
      {promotions.length > 0 && (
        <ol className={classes.history}>
          {promotions.map(({ kind, fromModelId, toModelId, overrideReason, by, byName, at }) => (
            <li key={at.toISOString() + kind + toModelId}>
              <span className={classes.what}>
                {fromModelId === null
                  ? t("swap.first", { to: String(toModelId) })
                  : t(`swap.${kind}`, { from: String(fromModelId), to: String(toModelId) })}
              </span>
              <span className={classes.meta}>{[figures.moment(at), who(by, byName)].join(" · ")}</span>
              {overrideReason !== null && (
                <span className={classes.override}>{t("overridden", { reason: overrideReason })}</span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
