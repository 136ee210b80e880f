"use client";

import { IconTableImport } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { Facts } from "../../../_ui/facts.tsx";
import { Hollow } from "../../../_ui/hollow.tsx";
import { StateTag } from "../../../_ui/state-tag.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";
import { RunStatus } from "../../run-status.tsx";
import { useWho } from "../../use-who.ts";
import classes from "./imports.module.css";

type Run = RouterOutputs["imports"]["list"]["past"][number];

/** What every earlier run brought, newest first. */
export function RunList({ past }: { past: Run[] }) {
  const t = useTranslations("imports.runs");
  return (
    <Card id="past-runs" title={t("title")}>
      {past.length === 0 && <Hollow icon={IconTableImport} title={t("empty")} text={t("emptyMore")} />}
      {past.length > 0 && (
        <ol className={classes.runs}>
          {past.map((run) => (
            <PastRun key={run.runId} run={run} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function PastRun({ run }: { run: Run }) {
  const t = useTranslations("imports");
  const figures = useFigures();
  const who = useWho();
  const id = String(run.runId);
  return (
    <li className={classes.one}>
      <div className={classes.head}>
        <RunStatus status={run.status}>{t(`status.${run.status}`)}</RunStatus>
        <Link className={classes.number} prefetch={false} href={`/admin/imports/${id}`}>
          {t("runs.number", { id })}
        </Link>
        {run.dryRun && <StateTag>{t("runs.dry")}</StateTag>}
        {run.mendsRunId !== null && <StateTag>{t("runs.mends", { id: String(run.mendsRunId) })}</StateTag>}
        {run.status === "done" && <Brought run={run} />}
      </div>
      <Facts>
        <span>{figures.moment(run.startedAt)}</span>
        <span>{who({ requestedBy: run.startedBy, requestedByName: run.startedByName })}</span>
        <span>{run.names.length > 3 ? t("runs.files", { count: run.names.length }) : run.names.join(", ")}</span>
      </Facts>
      {run.failure !== null && <p className={page.failure}>{run.failure}</p>}
    </li>
  );
}

/** In a few words: what was new, what changed, what was not taken. */
function Brought({ run: { totals } }: { run: Run }) {
  const t = useTranslations("imports.short");
  const { whole } = useFigures();
  const figures = [
    ...(totals.inserted > 0 ? [{ word: t("inserted", { count: whole(totals.inserted) }), refused: false }] : []),
    ...(totals.changed > 0 ? [{ word: t("changed", { count: whole(totals.changed) }), refused: false }] : []),
    ...(totals.inserted + totals.changed === 0 ? [{ word: t("nothing"), refused: false }] : []),
    ...(totals.filesRefused > 0 ? [{ word: t("filesRefused", { count: totals.filesRefused }), refused: true }] : []),
    ...(totals.refused > 0 ? [{ word: t("refused", { count: totals.refused }), refused: true }] : []),
    ...(totals.refusedValues > 0 ? [{ word: t("refusedValues", { count: totals.refusedValues }), refused: true }] : []),
  ];
  return (
    <span className={classes.brought}>
      {figures.map(({ word, refused }) => (
        <span key={word} data-refused={refused || undefined}>
          {word}
        </span>
      ))}
    </span>
  );
}
