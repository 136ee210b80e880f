"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { Facts } from "../../../_ui/facts.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useSpan } from "../../../_ui/use-span.ts";
import page from "../../admin-page.module.css";
import { RunStatus } from "../../run-status.tsx";
import { useWho } from "../../use-who.ts";
import { TrainingLog } from "./training-log.tsx";
import classes from "./trainings.module.css";

type Training = RouterOutputs["trainings"]["show"]["past"][number];

/** How each earlier training ended, newest first; its log opens below it. */
export function PastTrainings({ past }: { past: Training[] }) {
  const t = useTranslations("trainings");
  return (
    <Card id="past" title={t("past")}>
      {past.length === 0 && <p className={page.soft}>{t("pastEmpty")}</p>}
      {past.length > 0 && (
        <ol className={classes.past}>
          {past.map((training) => (
            <PastTraining key={training.trainingId} training={training} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function PastTraining({ training }: { training: Training }) {
  const t = useTranslations("trainings");
  const figures = useFigures();
  const span = useSpan();
  const who = useWho();
  const [opened, setOpened] = useState(false);
  const id = String(training.trainingId);
  return (
    <li className={classes.one}>
      <div className={classes.head}>
        <RunStatus status={training.status}>{t(`status.${training.status}`)}</RunStatus>
        <span className={classes.number}>{t("number", { id })}</span>
        {training.modelId !== null && (
          <Link className={classes.model} prefetch={false} href={`/admin/models/${training.modelId}`}>
            {t("model", { id: String(training.modelId) })}
          </Link>
        )}
      </div>
      <Facts>
        <span>{figures.moment(training.startedAt ?? training.createdAt)}</span>
        {training.seconds !== null && <span>{span(training.seconds)}</span>}
        <span>{who(training)}</span>
        <span>{training.asOf === null ? t("all") : t("upTo", { day: figures.day(training.asOf) })}</span>
        {training.searchTrials > 0 && <span>{t("searched", { count: training.searchTrials })}</span>}
        {training.attempts > 1 && <span>{t("attempts", { count: training.attempts })}</span>}
      </Facts>
      {training.failure !== null && <p className={page.failure}>{training.failure}</p>}
      <details className={classes.details} onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary aria-label={t("showLog", { id })}>{t("log")}</summary>
        {opened && <TrainingLog trainingId={training.trainingId} />}
      </details>
    </li>
  );
}
