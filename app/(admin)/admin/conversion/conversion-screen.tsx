"use client";

import { Skeleton, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { ReportScopeBar } from "../../report-scope-bar.tsx";
import { useReportScope } from "../../use-report-scope.ts";
import { CohortsCard } from "./cohorts-card.tsx";

/** From a lead to a paid lease: by the month in which leads came, against the target. */
export function ConversionScreen() {
  const t = useTranslations("conversion");
  const trpc = useTRPC();
  const cohorts = useQuery({
    ...trpc.reports.conversionByMonth.queryOptions(useReportScope()),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <ReportScopeBar />
      <div className={page.cards}>
        {cohorts.isPending && <Skeleton height={360} radius="md" aria-hidden />}
        {cohorts.isError && !cohorts.data && (
          <Problem error={cohorts.error} onRetry={() => void cohorts.refetch()} retrying={cohorts.isFetching} />
        )}
        {cohorts.data && <CohortsCard {...cohorts.data} />}
      </div>
    </div>
  );
}
