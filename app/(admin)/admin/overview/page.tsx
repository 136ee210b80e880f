import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { readScope } from "../../report-address.ts";
import { OverviewScreen } from "./overview-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function OverviewPage({ searchParams }: { searchParams: Promise<Search> }) {
  await requireOwner("/admin/overview");
  const scope = readScope(await searchParams);
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.leads.choices.queryOptions()),
    queries.prefetchQuery(trpc.reports.overview.queryOptions(scope)),
  ]);
  return (
    <HydrateClient>
      <OverviewScreen />
    </HydrateClient>
  );
}
