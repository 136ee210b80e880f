"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { ProgressBar } from "../../../_ui/progress-bar.tsx";
import { CancelDeed } from "../../cancel-deed.tsx";
import { useWho } from "../../use-who.ts";
import { TrainingLog } from "./training-log.tsx";
import classes from "./trainings.module.css";
import { useTrainingDeeds } from "./use-training-deeds.ts";

type Training = NonNullable<RouterOutputs["trainings"]["show"]["underWay"]>;

/** The training that waits or runs: where it is, how long it will take, what it says, and the way to stop it. */
export function UnderWay({ training, may }: { training: Training; may: boolean }) {
  const t = useTranslations("trainings");
  const who = useWho();
  const deeds = useTrainingDeeds();
  const name = t("number", { id: String(training.trainingId) });
  return (
    <Card
      id="under-way"
      title={name}
      aside={
        may && (
          <CancelDeed
            title={t("cancelTitle")}
            loss={t("cancelMore")}
            sure={t("cancelSure")}
            onCancel={() => deeds.cancel(training.trainingId)}
            isCancelling={deeds.cancelling}
          />
        )
      }
    >
      <ProgressBar
        {...training}
        name={name}
        stage={training.stage ?? t("waiting")}
        isRunning={training.status === "running"}
        facts={[who(training), ...(training.searchTrials > 0 ? [t("searched", { count: training.searchTrials })] : [])]}
      />
      <h3 className={classes.logTitle}>{t("log")}</h3>
      <TrainingLog trainingId={training.trainingId} moving />
    </Card>
  );
}
