"use client";

import { Skeleton, Title } from "@mantine/core";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { ReportScopeBar } from "../../report-scope-bar.tsx";
import { useReportScope } from "../../use-report-scope.ts";
import { CalibrationCard } from "./calibration-card.tsx";
import { DriftCard } from "./drift-card.tsx";
import { MistakesCard } from "./mistakes-card.tsx";
import { ProxiesCard } from "./proxies-card.tsx";
import { RemovedCard } from "./removed-card.tsx";
import { WitnessesCard } from "./witnesses-card.tsx";

/** Is the model right? Three witnesses side by side, what they add up to for the documents' proxies, and where it was wrong. */
export function QualityScreen() {
  const t = useTranslations("quality");
  const { reports } = useTRPC();
  const scope = useReportScope();
  const kept = { placeholderData: keepPreviousData };
  const marks = useQuery({ ...reports.marksByWeek.queryOptions(scope), ...kept });
  const reviews = useQuery({ ...reports.reviewsByWeek.queryOptions(scope), ...kept });
  const outcomes = useQuery({ ...reports.outcomesByWeek.queryOptions(scope), ...kept });
  const negative = useQuery({ ...reports.dealsMarkedNegative.queryOptions(scope), ...kept });
  const removed = useQuery({ ...reports.removedByWeek.queryOptions(scope), ...kept });
  const calibration = useQuery({ ...reports.calibration.queryOptions(scope), ...kept });
  const mistakes = useQuery({ ...reports.worstMistakes.queryOptions(scope), ...kept });
  const drift = useQuery(reports.inputDrift.queryOptions());
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <ReportScopeBar />
      <div className={page.cards}>
        <Loaded query={marks}>
          {(marks) => (
            <Loaded query={reviews}>
              {(reviews) => (
                <Loaded query={outcomes}>
                  {(outcomes) => <WitnessesCard marks={marks} reviews={reviews} outcomes={outcomes} />}
                </Loaded>
              )}
            </Loaded>
          )}
        </Loaded>
        <Loaded query={negative}>
          {(negative) => <ProxiesCard negative={negative} lost={reviews.data?.all?.lost ?? null} />}
        </Loaded>
        <Loaded query={removed}>{(removed) => <RemovedCard {...removed} />}</Loaded>
        <Loaded query={calibration}>{(calibration) => <CalibrationCard {...calibration} />}</Loaded>
        <Loaded query={mistakes}>{(mistakes) => <MistakesCard mistakes={mistakes} />}</Loaded>
        <Loaded query={drift}>{(drift) => <DriftCard {...drift} />}</Loaded>
      </div>
    </div>
  );
}

/** A part of the page that comes by itself, and may fail by itself. */
function Loaded<Data>({
  query,
  children,
}: {
  query: UseQueryResult<Data, unknown>;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError)
    return <Problem error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  return <Skeleton height={320} radius="md" aria-hidden />;
}
