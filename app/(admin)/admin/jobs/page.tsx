import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { JobsScreen } from "./jobs-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.jobs"))("title") };
}

export default async function JobsPage() {
  await requireOwner("/admin/jobs");
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.health.jobs.queryOptions()),
    queries.prefetchQuery(trpc.health.system.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <JobsScreen />
    </HydrateClient>
  );
}
