"use client";

import { Alert, Skeleton, Title } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { LastRuns } from "./last-runs.tsx";
import { QueueCard } from "./queue-card.tsx";
import { ScheduleCard } from "./schedule-card.tsx";
import { SystemCard } from "./system-card.tsx";
import { WorkersCard } from "./workers-card.tsx";

/** A worker says that it lives every ten seconds; sizes move slowly and cost more to ask. */
const ASK_MS = { jobs: 5000, system: 60_000 } as const;

/** Whether the thing runs: who works, what waits, what failed, how full and how old. */
export function JobsScreen() {
  const t = useTranslations("admin.jobs");
  const trpc = useTRPC();
  const jobs = useQuery({ ...trpc.health.jobs.queryOptions(), refetchInterval: ASK_MS.jobs });
  const system = useQuery({ ...trpc.health.system.queryOptions(), refetchInterval: ASK_MS.system });
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <div className={page.cards}>
        {jobs.isPending && <Skeleton height={220} radius="md" aria-hidden />}
        {!jobs.data && jobs.isError && (
          <Problem error={jobs.error} onRetry={() => void jobs.refetch()} retrying={jobs.isFetching} />
        )}
        {jobs.data && (
          <>
            {jobs.isError && (
              <Alert color="yellow" icon={<IconPlugConnectedX size={18} />}>
                {t("stale")}
              </Alert>
            )}
            {!jobs.data.workers.some(({ alive }) => alive) && (
              <Alert color="orange" icon={<IconPlugConnectedX size={18} />} title={t("noWorker")}>
                {t("noWorkerMore")}
              </Alert>
            )}
          </>
        )}
        {system.isPending && <Skeleton height={180} radius="md" aria-hidden />}
        {!system.data && system.isError && (
          <Problem error={system.error} onRetry={() => void system.refetch()} retrying={system.isFetching} />
        )}
        {system.data && <SystemCard system={system.data} />}
        {jobs.data && (
          <>
            <WorkersCard workers={jobs.data.workers} />
            <QueueCard queues={jobs.data.queues} />
            <ScheduleCard schedule={jobs.data.schedule} />
            <LastRuns runs={jobs.data.runs} />
          </>
        )}
      </div>
    </div>
  );
}
