import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { readScope } from "../../report-address.ts";
import { ConversionScreen } from "./conversion-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("conversion"))("title") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function ConversionPage({ searchParams }: { searchParams: Promise<Search> }) {
  await requireOwner("/admin/conversion");
  const scope = readScope(await searchParams);
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.leads.choices.queryOptions()),
    queries.prefetchQuery(trpc.reports.conversionByMonth.queryOptions(scope)),
    queries.prefetchQuery(trpc.reports.funnelByStage.queryOptions(scope)),
    queries.prefetchQuery(trpc.reports.beforeAfterPromotion.queryOptions(scope)),
    queries.prefetchQuery(trpc.experiments.list.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <ConversionScreen />
    </HydrateClient>
  );
}
