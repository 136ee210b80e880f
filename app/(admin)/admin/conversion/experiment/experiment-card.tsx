import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { StateTag } from "../../../../_ui/state-tag.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import { ShareValue } from "../../../share-value.tsx";
import classes from "../conversion.module.css";
import { DifferenceValue } from "../difference-value.tsx";
import { experimentTones } from "../experiment-tones.ts";
import own from "./experiment.module.css";
import { StopExperiment } from "./stop-experiment.tsx";

type Experiment = RouterOutputs["experiments"]["list"][number];

/** One comparison: how it was to end, as said at its start, and what may be said now. Before its end the figures are pale. */
export function ExperimentCard({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("experiment");
  const figures = useFigures();
  const { experimentId, state, plan, stopped } = experiment;
  const isEarly = state === "drawing" || state === "ripening" || state === "stoppedEarly";
  const planned = figures.whole(2 * plan.leadsPerArm);
  const drawn = experiment.model.drawn + experiment.rules.drawn;
  const perWeek = figures.whole(Math.round(experiment.perWeek));
  return (
    <Card
      id={`experiment-${experimentId}`}
      title={t("number", { id: String(experimentId) })}
      aside={<StateTag tone={experimentTones[state]}>{t(`state.${state}`)}</StateTag>}
    >
      <p className={own.verdict} role="status">
        {t(`verdict.${state}`, { drawn: figures.whole(drawn), planned, weeks: experiment.weeksLeft })}
      </p>
      {stopped && (
        <p className={classes.counted}>{t("stopped", { day: figures.day(stopped.on), reason: stopped.reason })}</p>
      )}
      <dl className={own.figures} data-early={isEarly || undefined}>
        {(["model", "rules"] as const).map((arm) => (
          <div key={arm}>
            <dt>{t(`arm.${arm}`)}</dt>
            <dd>
              {t("drawn")}: <strong>{figures.whole(experiment[arm].drawn)}</strong>
            </dd>
            <dd>
              {t("succeeded")}: <ShareValue value={experiment[arm].succeeded} />
            </dd>
          </div>
        ))}
        <div>
          <dt>
            {t("difference")} {isEarly && <StateTag>{t("early")}</StateTag>}
          </dt>
          <dd>
            <DifferenceValue value={experiment.difference} />
          </dd>
          <dd className={classes.range}>{t("differenceMore", { level: figures.share(1 - plan.alpha) })}</dd>
        </div>
      </dl>
      <dl className={own.figures}>
        <div>
          <dt>{t("fair")}</dt>
          <dd>
            {experiment.fairP === null || experiment.chiSquare === null
              ? t("fairNone")
              : t(state === "unfair" ? "fairBad" : "fairGood", {
                  chi: figures.hundredth(experiment.chiSquare),
                  p: figures.hundredth(experiment.fairP),
                })}
          </dd>
        </div>
        {experiment.powerNow !== null && (
          <div>
            <dt>{t("powerNow")}</dt>
            <dd>
              <strong>{figures.share(experiment.powerNow)}</strong>{" "}
              <span className={classes.range}>{t("powerNowMore")}</span>
            </dd>
          </div>
        )}
        {!stopped && (
          <div>
            <dt>{t("weeksLeft")}</dt>
            <dd>
              <strong>{t("weeks", { count: experiment.weeksLeft })}</strong>{" "}
              <span className={classes.range}>{t("rate", { rate: perWeek })}</span>
            </dd>
          </div>
        )}
      </dl>
      <h3 className={own.heading}>{t("rules")}</h3>
      <p className={classes.counted}>
        {t("rulesMore", {
          day: figures.day(experiment.startedOn),
          lastOn: figures.day(experiment.lastOn),
          outcome: t(`outcomes.${plan.outcome}`),
          days: plan.outcomeDays,
          planned,
          base: figures.share(plan.baseShare),
          effect: t("pointsMore", { value: figures.points(plan.minimalEffect) }),
          alpha: figures.share(plan.alpha),
          power: figures.share(plan.power),
          seed: String(plan.seed),
        })}
      </p>
      {!stopped && <StopExperiment experimentId={experimentId} />}
    </Card>
  );
}
