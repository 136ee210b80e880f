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
import { NewTraining } from "./new-training.tsx";
import { PastTrainings } from "./past-trainings.tsx";
import { UnderWay } from "./under-way.tsx";

/** How often the server is asked, in ms: what moves often, what stands seldom. */
const ASK_MS = { moving: 1500, standing: 15_000 } as const;

/** Trainings as people see them: the one under way, or the button for one, and how the earlier ones ended. */
export function TrainingsScreen() {
  const t = useTranslations("trainings");
  const trpc = useTRPC();
  const announce = useAnnounce();
  const show = useQuery({
    ...trpc.trainings.show.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.underWay ? ASK_MS.moving : ASK_MS.standing),
  });
  const { data } = show;
  const watched = useRef<number | null>(null);

  useEffect(() => {
    if (!data) return;
    const over = data.past.find(({ trainingId }) => trainingId === watched.current);
    watched.current = data.underWay?.trainingId ?? null;
    if (over && (over.status === "done" || over.status === "failed" || over.status === "cancelled"))
      announce(t(`over.${over.status}`, { id: String(over.trainingId) }));
  }, [data, announce, t]);

  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
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
            {!data.workerRuns && (
              <Alert color="orange" icon={<IconPlugConnectedX size={18} />} title={t("noWorker")}>
                {!data.underWay && `${t("noWorkerIdle")} `}
                {t("noWorkerMore")}
              </Alert>
            )}
            {data.underWay ? (
              <UnderWay training={data.underWay} may={data.mayTrain} />
            ) : (
              <NewTraining may={data.mayTrain} nextMonthly={data.nextMonthly} />
            )}
            <PastTrainings past={data.past} />
          </>
        )}
      </div>
    </div>
  );
}
