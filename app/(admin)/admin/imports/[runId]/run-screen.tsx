"use client";

import { Alert, Button, Skeleton, Title } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBan,
  IconDownload,
  IconEye,
  IconFileImport,
  IconPlugConnectedX,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../../../_ui/announcer.tsx";
import { Facts } from "../../../../_ui/facts.tsx";
import { Problem } from "../../../../_ui/problem.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import { useTRPC } from "../../../../trpc/client.tsx";
import page from "../../../admin-page.module.css";
import { BackLink } from "../../../back-link.tsx";
import { useWho } from "../../../use-who.ts";
import classes from "../imports.module.css";
import { RunProgress } from "../run-progress.tsx";
import { useImportDeeds } from "../use-import-deeds.ts";
import { FileCard } from "./file-card.tsx";
import { RefusedCard } from "./refused-card.tsx";

type Run = RouterOutputs["imports"]["show"];

const ASK_MS = 1500;
const isMoving = (run: Run | undefined) => run?.status === "queued" || run?.status === "running";

/** One run: where it is while it moves, and afterwards what it brought, what it would bring, and what it did not take. */
export function RunScreen({ runId }: { runId: number }) {
  const t = useTranslations("imports");
  const trpc = useTRPC();
  const announce = useAnnounce();
  const show = useQuery({
    ...trpc.imports.show.queryOptions({ runId }),
    refetchInterval: ({ state }) => (isMoving(state.data) ? ASK_MS : false),
  });
  const { data } = show;
  const moved = useRef(false);
  useEffect(() => {
    const over = data && !isMoving(data) && moved.current;
    moved.current = isMoving(data);
    if (over && data.status !== "queued" && data.status !== "running")
      announce(t(`over.${data.status}`, { id: String(runId) }));
  }, [data, announce, t, runId]);
  const refused = data ? data.totals.refused + data.totals.refusedValues : 0;

  return (
    <div className={page.page}>
      <BackLink href="/admin/imports">{t("run.back")}</BackLink>
      <Title order={1} className={page.title}>
        {t(data?.dryRun ? "run.titleDry" : "run.title", { id: String(runId) })}
      </Title>
      <div className={page.cards}>
        {show.isPending && <Skeleton height={220} radius="md" aria-hidden />}
        {!data && show.isError && (
          <Problem error={show.error} onRetry={() => void show.refetch()} retrying={show.isFetching} />
        )}
        {data && (
          <>
            {show.isError && (
              <Alert color="yellow" icon={<IconPlugConnectedX size={18} />}>
                {t("stale")}
              </Alert>
            )}
            {isMoving(data) && !data.workerRuns && (
              <Alert color="orange" icon={<IconPlugConnectedX size={18} />} title={t("noWorker")}>
                {t("noWorkerMore")}
              </Alert>
            )}
            {isMoving(data) ? <RunProgress run={data} may={data.mayRun} /> : <Over run={data} />}
            {data.files.map((file) => (
              <FileCard key={file.file} file={file} dryRun={data.dryRun} />
            ))}
            {refused > 0 && !isMoving(data) && <RefusedCard run={data} />}
          </>
        )}
      </div>
    </div>
  );
}

/** How it ended, and what can be done next. */
function Over({ run }: { run: Run }) {
  const t = useTranslations("imports.run");
  const deeds = useImportDeeds();
  const figures = useFigures();
  const who = useWho();
  const anything = run.totals.refused + run.totals.refusedValues + run.totals.filesRefused > 0;
  return (
    <div className={classes.over}>
      <Facts>
        <span>{figures.moment(run.startedAt)}</span>
        <span>{who({ requestedBy: run.startedBy, requestedByName: run.startedByName })}</span>
        {run.mendsRunId !== null && (
          <Link href={`/admin/imports/${run.mendsRunId}`} prefetch={false} className={classes.link}>
            {t("mendsRun", { id: String(run.mendsRunId) })}
          </Link>
        )}
      </Facts>
      {run.mendedBy.length > 0 && (
        <p className={classes.note}>
          {t("mendedBy")}
          {run.mendedBy.map((id, i) => (
            <span key={id}>
              {i > 0 && ", "}
              <Link href={`/admin/imports/${id}`} prefetch={false} className={classes.link}>
                {t("title", { id: String(id) })}
              </Link>
            </span>
          ))}
        </p>
      )}
      {run.status === "failed" && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />}>
          {run.failure}
        </Alert>
      )}
      {run.status === "cancelled" && (
        <Alert color="gray" icon={<IconBan size={18} />}>
          {t("cancelledMore")}
        </Alert>
      )}
      {run.status === "done" && run.dryRun && (
        <Alert color="blue" icon={<IconEye size={18} />}>
          {t("dryDone")} {run.uploadIds.length === 0 && t("dryTaken")}
        </Alert>
      )}
      <div className={classes.buttons}>
        {run.mayRun && run.uploadIds.length > 0 && (run.dryRun || run.status !== "done") && (
          <Button
            leftSection={<IconFileImport size={18} />}
            onClick={() => deeds.request(run.uploadIds, run.status === "done" ? false : run.dryRun)}
            loading={deeds.requesting !== null}
          >
            {t(run.status === "done" ? "real" : "again")}
          </Button>
        )}
        {anything && (
          <Button
            component="a"
            href={`/api/imports/${run.runId}/report`}
            variant="default"
            leftSection={<IconDownload size={18} />}
          >
            {t("csv")}
          </Button>
        )}
      </div>
    </div>
  );
}
