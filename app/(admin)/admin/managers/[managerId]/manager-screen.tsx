"use client";

import { Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../../trpc/client.tsx";
import page from "../../../admin-page.module.css";
import { BackLink } from "../../../back-link.tsx";
import { Loaded } from "../../../loaded.tsx";
import { ReportScopeBar } from "../../../report-scope-bar.tsx";
import { useReportScope } from "../../../use-report-scope.ts";
import { useScopedHref } from "../../../use-scoped-href.ts";
import { CohortsCard } from "../../conversion/cohorts-card.tsx";
import { FunnelCard } from "../../conversion/funnel-card.tsx";
import { FiguresCard } from "./figures-card.tsx";
import { MonthsCard } from "./months-card.tsx";

/** One manager: his figures of the span, what he did month by month, and how far his leads came. */
export function ManagerScreen({ managerId, name }: { managerId: string; name: string }) {
  const t = useTranslations("managers");
  const trpc = useTRPC();
  const href = useScopedHref();
  const { ofManager: _, ...scope } = useReportScope();
  const own = { ...scope, ofManager: managerId };
  const report = useQuery({
    ...trpc.reports.manager.queryOptions({ managerId, scope }),
    placeholderData: keepPreviousData,
  });
  const cohorts = useQuery({ ...trpc.reports.conversionByMonth.queryOptions(own), placeholderData: keepPreviousData });
  const funnel = useQuery({ ...trpc.reports.funnelByStage.queryOptions(own), placeholderData: keepPreviousData });
  return (
    <div className={page.page}>
      <BackLink href={href("/admin/managers")}>{t("title")}</BackLink>
      <Title order={1} className={page.title}>
        {report.data?.figures.isGone ? t("goneName", { name }) : name}
      </Title>
      <ReportScopeBar withManager={false} />
      <div className={page.cards}>
        <Loaded query={report}>
          {({ figures, months }) => (
            <>
              <FiguresCard row={figures} />
              <MonthsCard months={months} />
            </>
          )}
        </Loaded>
        <Loaded query={cohorts}>{(data) => <CohortsCard {...data} />}</Loaded>
        <Loaded query={funnel}>{(data) => <FunnelCard {...data} />}</Loaded>
      </div>
    </div>
  );
}
