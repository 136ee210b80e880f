import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { readScope } from "../../report-address.ts";
import { ManagersScreen } from "./managers-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("managers"))("title") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function ManagersPage({ searchParams }: { searchParams: Promise<Search> }) {
  await requireOwner("/admin/managers");
  const scope = readScope(await searchParams);
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.leads.choices.queryOptions()),
    queries.prefetchQuery(trpc.reports.managers.queryOptions(scope)),
  ]);
  return (
    <HydrateClient>
      <ManagersScreen />
    </HydrateClient>
  );
}
