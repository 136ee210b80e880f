"use client";

import { Button, Skeleton, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Card } from "../../../_ui/card.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import type { ReportScope } from "../../report-address.ts";
import { ReportScopeBar } from "../../report-scope-bar.tsx";
import { useReportScope } from "../../use-report-scope.ts";
import { ManagerTable } from "./manager-table.tsx";
import classes from "./managers.module.css";

/** What each manager did in the span and what came of it, and the same as a file. */
export function ManagersScreen() {
  const t = useTranslations("managers");
  const trpc = useTRPC();
  const scope = useReportScope();
  const report = useQuery({ ...trpc.reports.managers.queryOptions(scope), placeholderData: keepPreviousData });
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <ReportScopeBar />
      <Card
        id="managers"
        title={t("table")}
        aside={
          <div className={classes.files}>
            {(["csv", "xlsx"] as const).map((format) => (
              <Button
                key={format}
                component="a"
                href={fileOf(format, scope)}
                download
                size="compact-sm"
                variant="default"
              >
                {t("download", { format: format.toUpperCase() })}
              </Button>
            ))}
          </div>
        }
      >
        {report.isPending && <Skeleton height={360} radius="md" aria-hidden />}
        {report.isError && !report.data && (
          <Problem error={report.error} onRetry={() => void report.refetch()} retrying={report.isFetching} />
        )}
        {report.data && <ManagerTable {...report.data} />}
      </Card>
    </div>
  );
}

function fileOf(format: "csv" | "xlsx", scope: ReportScope): string {
  return `/api/reports/managers?${new URLSearchParams({ format, ...scope })}`;
}
