"use client";

import { Alert, Skeleton, Title } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { RunList } from "./run-list.tsx";
import { RunProgress } from "./run-progress.tsx";
import { SendFiles } from "./send-files.tsx";
import { WaitingFiles } from "./waiting-files.tsx";

/** How often the server is asked, in ms: what moves often, what stands seldom. */
const ASK_MS = { moving: 1500, standing: 15_000 } as const;

/** Imports as people see them: files on their way, those that wait, what runs, and what ran. */
export function ImportsScreen() {
  const t = useTranslations("imports");
  const trpc = useTRPC();
  const announce = useAnnounce();
  const list = useQuery({
    ...trpc.imports.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.underWay.length ? ASK_MS.moving : ASK_MS.standing),
  });
  const { data } = list;
  const watched = useRef<number[]>([]);

  useEffect(() => {
    if (!data) return;
    for (const run of data.past)
      if (watched.current.includes(run.runId) && (run.status === "done" || run.status === "failed"))
        announce(t(`over.${run.status}`, { id: String(run.runId) }));
    watched.current = data.underWay.map(({ runId }) => runId);
  }, [data, announce, t]);

  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <p className={page.about}>{data && !data.mayRun ? t("onlyAdmin") : t("about")}</p>
      <div className={page.cards}>
        {list.isPending && <Skeleton height={260} radius="md" aria-hidden />}
        {!data && list.isError && (
          <Problem error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        )}
        {data && (
          <>
            {list.isError && (
              <Alert color="yellow" icon={<IconPlugConnectedX size={18} />}>
                {t("stale")}
              </Alert>
            )}
            {!data.workerRuns && data.mayRun && (
              <Alert color="orange" icon={<IconPlugConnectedX size={18} />} title={t("noWorker")}>
                {t("noWorkerMore")}
              </Alert>
            )}
            {data.underWay.map((run) => (
              <RunProgress key={run.runId} run={run} may={data.mayRun} isLinked />
            ))}
            {data.mayRun && <SendFiles bytesMax={data.uploadBytesMax} />}
            {data.uploads.length > 0 && <WaitingFiles uploads={data.uploads} />}
            <RunList past={data.past} />
          </>
        )}
      </div>
    </div>
  );
}
