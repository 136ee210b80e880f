"use client";

import { Skeleton, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { AllMarks } from "./all-marks.tsx";
import { OutlierDays } from "./outlier-days.tsx";

/** Everybody's marks: whose days stand out, and the whole record below. */
export function MarksScreen() {
  const t = useTranslations("marks");
  const trpc = useTRPC();
  const report = useQuery(trpc.feedback.outliers.queryOptions({}));
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <div className={page.cards}>
        {report.isPending && <Skeleton height={160} radius="md" aria-hidden />}
        {report.isError && !report.data && (
          <Problem error={report.error} onRetry={() => void report.refetch()} retrying={report.isFetching} />
        )}
        {report.data && <OutlierDays report={report.data} />}
        <AllMarks managers={report.data?.managers ?? []} />
      </div>
    </div>
  );
}
