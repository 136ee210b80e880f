"use client";

import { Skeleton, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Problem } from "../../../../_ui/problem.tsx";
import { useTRPC } from "../../../../trpc/client.tsx";
import page from "../../../admin-page.module.css";
import { BackLink } from "../../../back-link.tsx";
import { useScopedHref } from "../../../use-scoped-href.ts";
import { ExperimentCard } from "./experiment-card.tsx";
import { StartExperiment } from "./start-experiment.tsx";

/** Leads with and without the model, by lot: the one that runs, those that were, and a way to begin the next. */
export function ExperimentScreen() {
  const t = useTranslations("experiment");
  const trpc = useTRPC();
  const href = useScopedHref();
  const list = useQuery(trpc.experiments.list.queryOptions());
  const running = list.data?.find(({ stopped }) => stopped === null);
  const past = list.data?.filter(({ stopped }) => stopped !== null) ?? [];
  return (
    <div className={page.page}>
      <BackLink href={href("/admin/conversion")}>{t("back")}</BackLink>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <div className={page.cards}>
        <p className={page.soft}>{t("about")}</p>
        {list.isPending && <Skeleton height={280} radius="md" role="status" aria-label={t("loading")} />}
        {list.isError && !list.data && (
          <Problem error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        )}
        {running && <ExperimentCard experiment={running} />}
        {list.data && !running && <StartExperiment />}
        {past.map((experiment) => (
          <ExperimentCard key={experiment.experimentId} experiment={experiment} />
        ))}
      </div>
    </div>
  );
}
