"use client";

import { Button, Modal, Progress } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { AdminCard } from "../../admin-card.tsx";
import page from "../../admin-page.module.css";
import { TrainingLog } from "./training-log.tsx";
import classes from "./trainings.module.css";
import { useSpan } from "./use-span.ts";
import { useTrainingDeeds } from "./use-training-deeds.ts";
import { useWho } from "./use-who.ts";

type Training = NonNullable<RouterOutputs["trainings"]["show"]["underWay"]>;

/** The training that waits or runs: where it is, how long it will take, what it says, and the way to stop it. */
export function UnderWay({ training, may }: { training: Training; may: boolean }) {
  const t = useTranslations("trainings");
  const who = useWho();
  const deeds = useTrainingDeeds();
  const [asked, { open, close }] = useDisclosure(false);
  const id = String(training.trainingId);
  const percent = Math.floor(training.percent);
  const stage = training.stage ?? t("waiting");

  return (
    <AdminCard
      id="under-way"
      title={t("number", { id })}
      aside={
        may && (
          <Button variant="default" size="xs" onClick={open} loading={deeds.cancelling}>
            {t("cancel")}
          </Button>
        )
      }
    >
      <div className={classes.now}>
        <p className={classes.stage}>{stage}</p>
        <p className={classes.percent} aria-hidden>
          {percent}&nbsp;%
        </p>
      </div>
      <Progress.Root size="lg" radius="xl">
        <Progress.Section
          value={training.percent}
          animated={training.status === "running"}
          aria-label={t("number", { id })}
          aria-valuetext={`${t("progress", { percent })}. ${stage}`}
        />
      </Progress.Root>
      <p className={classes.facts}>
        {training.status === "running" && <Times training={training} />}
        <span>{who(training)}</span>
        {training.attempts > 1 && <span>{t("attempt", { n: training.attempts })}</span>}
        {training.searchTrials > 0 && <span>{t("searched", { count: training.searchTrials })}</span>}
      </p>
      <h3 className={classes.logTitle}>{t("log")}</h3>
      <TrainingLog trainingId={training.trainingId} moving />
      <Modal opened={asked} onClose={close} title={t("cancelTitle")} centered>
        <p className={page.soft}>{t("cancelMore")}</p>
        <div className={classes.buttons}>
          <Button
            color="red"
            onClick={() => {
              close();
              deeds.cancel(training.trainingId);
            }}
          >
            {t("cancelSure")}
          </Button>
          <Button variant="default" onClick={close}>
            {t("keep")}
          </Button>
        </div>
      </Modal>
    </AdminCard>
  );
}

function Times({ training: { elapsedSeconds, remainingSeconds } }: { training: Training }) {
  const t = useTranslations("trainings");
  const span = useSpan();
  const rest =
    remainingSeconds === null
      ? t("remainingUnknown")
      : remainingSeconds < 60
        ? t("remainingSoon")
        : t("remaining", { time: span(remainingSeconds) });
  return (
    <>
      <span>{t("elapsed", { time: span(elapsedSeconds) })}</span>
      <span>{rest}</span>
    </>
  );
}
