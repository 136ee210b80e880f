"use client";

import { Skeleton, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { ReportScopeBar } from "../../report-scope-bar.tsx";
import { useReportScope } from "../../use-report-scope.ts";
import classes from "./overview.module.css";
import { Tiles } from "./tiles.tsx";
import { ToDoCard } from "./to-do-card.tsx";

/** One look at whether it works: what needs somebody today, and every figure that has a page of its own. */
export function OverviewScreen() {
  const t = useTranslations("overview");
  const trpc = useTRPC();
  const shown = useQuery({
    ...trpc.reports.overview.queryOptions(useReportScope()),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <ReportScopeBar />
      {shown.isPending && <Skeleton height={480} radius="md" aria-hidden />}
      {shown.isError && !shown.data && (
        <Problem error={shown.error} onRetry={() => void shown.refetch()} retrying={shown.isFetching} />
      )}
      {shown.data && (
        <div className={page.cards} data-stale={shown.isPlaceholderData || undefined}>
          <ToDoCard toDo={shown.data.toDo} />
          <div className={classes.tiles}>
            <Tiles {...shown.data} />
          </div>
        </div>
      )}
    </div>
  );
}
