import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../../trpc/server.tsx";
import { ExperimentScreen } from "./experiment-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experiment"))("title") };
}

export default async function ExperimentPage() {
  await requireOwner("/admin/conversion/experiment");
  await getQueryClient().prefetchQuery(trpc.experiments.list.queryOptions());
  return (
    <HydrateClient>
      <ExperimentScreen />
    </HydrateClient>
  );
}
