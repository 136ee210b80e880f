"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { ProgressBar } from "../../../_ui/progress-bar.tsx";
import { CancelDeed } from "../../cancel-deed.tsx";
import { useWho } from "../../use-who.ts";
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
  const id = String(run.runId);
  const name = tRun(run.dryRun ? "titleDry" : "title", { id });
  const code = stages.find((stage) => stage === run.stage);
  const stage =
    run.status === "queued" || !code
      ? t("waiting")
      : t(code === "writing" && run.dryRun ? "writingDry" : code, { file: run.stageFile ?? "" });
  return (
    <Card
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
            <CancelDeed
              title={t("cancelTitle")}
              loss={t("cancelMore")}
              sure={t("cancelSure")}
              onCancel={() => deeds.cancel(run.runId)}
              isCancelling={deeds.cancelling}
            />
          )}
        </div>
      }
    >
      <ProgressBar
        {...run}
        name={name}
        stage={stage}
        isRunning={run.status === "running"}
        facts={[who({ requestedBy: run.startedBy, requestedByName: run.startedByName }), run.names.join(", ")]}
      />
    </Card>
  );
}
