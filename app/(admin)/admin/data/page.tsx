import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { readScope } from "../../report-address.ts";
import { DataScreen } from "./data-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("data"))("title") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function DataPage({ searchParams }: { searchParams: Promise<Search> }) {
  const me = await requireOwner("/admin/data");
  const scope = readScope(await searchParams);
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.leads.choices.queryOptions()),
    queries.prefetchQuery(trpc.data.fill.queryOptions({ ...scope, rows: "fields", field: "area" })),
  ]);
  return (
    <HydrateClient>
      <DataScreen mayAnswer={me.permissions.includes("answer:give")} />
    </HydrateClient>
  );
}
