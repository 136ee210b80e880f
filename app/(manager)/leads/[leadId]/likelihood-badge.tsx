import { useTranslations } from "next-intl";
import { type Likelihood, likelihood } from "../../../_ui/figures.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./likelihood-badge.module.css";

const steps: Likelihood[] = ["slight", "low", "fair", "good", "high"];

/** Chance of a deal as a word, a rounded percent and a five-step meter; never finer than the model knows. */
export function LikelihoodBadge({ probability }: { probability: number }) {
  const t = useTranslations("likelihood");
  const figures = useFigures();
  const step = likelihood(probability);
  const lit = steps.indexOf(step) + 1;
  return (
    <span className={classes.badge} title={t("about")}>
      <span className={classes.meter} aria-hidden>
        {steps.map((name, place) => (
          <span key={name} className={classes.step} data-lit={place < lit || undefined} />
        ))}
      </span>
      <span className={classes.percent}>{figures.percent(probability)}</span>
      <span className={classes.word} data-word>
        {t(step)}
      </span>
    </span>
  );
}
