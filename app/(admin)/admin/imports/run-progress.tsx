"use client";

import { Button, Modal, Progress } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { AdminCard } from "../../admin-card.tsx";
import page from "../../admin-page.module.css";
import { useSpan } from "../trainings/use-span.ts";
import { useWho } from "../trainings/use-who.ts";
import classes from "./imports.module.css";
import { useImportDeeds } from "./use-import-deeds.ts";

type Run = RouterOutputs["imports"]["list"]["underWay"][number];

const stages = ["looking", "reading", "writing", "deriving"] as const;

/** A run that waits or runs: where it is, how long it will take, and the way to stop it. */
export function RunProgress({ run, may, isLinked = false }: { run: Run; may: boolean; isLinked?: boolean }) {
  const t = useTranslations("imports.now");
  const tRun = useTranslations("imports.run");
  const who = useWho();
  const deeds = useImportDeeds();
  const [asked, { open, close }] = useDisclosure(false);
  const id = String(run.runId);
  const name = tRun(run.dryRun ? "titleDry" : "title", { id });
  const percent = Math.floor(run.percent);
  const code = stages.find((stage) => stage === run.stage);
  const stage =
    run.status === "queued" || !code
      ? t("waiting")
      : t(code === "writing" && run.dryRun ? "writingDry" : code, { file: run.stageFile ?? "" });
  return (
    <AdminCard
      id={`run-${id}`}
      title={name}
      aside={
        <div className={classes.buttons}>
          {isLinked && (
            <Button component={Link} href={`/admin/imports/${id}`} prefetch={false} variant="subtle" size="xs">
              {tRun("open")}
            </Button>
          )}
          {may && (
            <Button variant="default" size="xs" onClick={open} loading={deeds.cancelling}>
              {t("cancel")}
            </Button>
          )}
        </div>
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
          value={run.percent}
          animated={run.status === "running"}
          aria-label={name}
          aria-valuetext={`${t("progress", { percent })}. ${stage}`}
        />
      </Progress.Root>
      <p className={classes.facts}>
        {run.status === "running" && <Times run={run} />}
        <span>{who({ requestedBy: run.startedBy, requestedByName: run.startedByName })}</span>
        {run.attempts > 1 && <span>{t("attempt", { n: run.attempts })}</span>}
        <span>{run.names.join(", ")}</span>
      </p>
      <Modal opened={asked} onClose={close} title={t("cancelTitle")} centered>
        <p className={page.soft}>{t("cancelMore")}</p>
        <div className={classes.modalButtons}>
          <Button
            color="red"
            onClick={() => {
              close();
              deeds.cancel(run.runId);
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

function Times({ run: { elapsedSeconds, remainingSeconds } }: { run: Run }) {
  const t = useTranslations("imports.now");
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
