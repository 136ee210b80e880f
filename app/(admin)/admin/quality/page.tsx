import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { readScope } from "../../report-address.ts";
import { QualityScreen } from "./quality-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("quality"))("title") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function QualityPage({ searchParams }: { searchParams: Promise<Search> }) {
  await requireOwner("/admin/quality");
  const scope = readScope(await searchParams);
  const queries = getQueryClient();
  const { reports } = trpc;
  await Promise.all([
    queries.prefetchQuery(trpc.leads.choices.queryOptions()),
    queries.prefetchQuery(reports.marksByWeek.queryOptions(scope)),
    queries.prefetchQuery(reports.reviewsByWeek.queryOptions(scope)),
    queries.prefetchQuery(reports.outcomesByWeek.queryOptions(scope)),
    queries.prefetchQuery(reports.dealsMarkedNegative.queryOptions(scope)),
    queries.prefetchQuery(reports.removedByWeek.queryOptions(scope)),
    queries.prefetchQuery(reports.calibration.queryOptions(scope)),
    queries.prefetchQuery(reports.worstMistakes.queryOptions(scope)),
    queries.prefetchQuery(reports.inputDrift.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <QualityScreen />
    </HydrateClient>
  );
}
