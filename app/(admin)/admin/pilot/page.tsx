import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireUser, trpc } from "../../../trpc/server.tsx";
import { PilotList } from "./pilot-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pilot"))("title") };
}

export default async function PilotsPage() {
  await requireUser("/admin/pilot");
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.pilot.list.queryOptions()),
    queries.prefetchQuery(trpc.pilot.choices.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <PilotList />
    </HydrateClient>
  );
}
