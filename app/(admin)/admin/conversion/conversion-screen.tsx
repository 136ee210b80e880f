"use client";

import { Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { Loaded } from "../../loaded.tsx";
import { ReportScopeBar } from "../../report-scope-bar.tsx";
import { useReportScope } from "../../use-report-scope.ts";
import { BeforeAfterCard } from "./before-after-card.tsx";
import { CohortsCard } from "./cohorts-card.tsx";
import { ExperimentDoor } from "./experiment-door.tsx";
import { FunnelCard } from "./funnel-card.tsx";

/** From a lead to a paid lease: by the month in which leads came, by stage, and around the changes of the model. */
export function ConversionScreen() {
  const t = useTranslations("conversion");
  const trpc = useTRPC();
  const scope = useReportScope();
  const cohorts = useQuery({
    ...trpc.reports.conversionByMonth.queryOptions(scope),
    placeholderData: keepPreviousData,
  });
  const funnel = useQuery({ ...trpc.reports.funnelByStage.queryOptions(scope), placeholderData: keepPreviousData });
  const swaps = useQuery({
    ...trpc.reports.beforeAfterPromotion.queryOptions(scope),
    placeholderData: keepPreviousData,
  });
  const experiments = useQuery(trpc.experiments.list.queryOptions());
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <ReportScopeBar />
      <div className={page.cards}>
        <Loaded query={cohorts}>{(data) => <CohortsCard {...data} />}</Loaded>
        <Loaded query={funnel}>{(data) => <FunnelCard {...data} />}</Loaded>
        <Loaded query={swaps}>{(data) => <BeforeAfterCard swaps={data} />}</Loaded>
        <Loaded query={experiments}>{(data) => <ExperimentDoor latest={data[0]} />}</Loaded>
      </div>
    </div>
  );
}
