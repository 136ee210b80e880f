import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { TrainingsScreen } from "./trainings-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("trainings"))("title") };
}

export default async function TrainingsPage() {
  await requireOwner("/admin/trainings");
  await getQueryClient().prefetchQuery(trpc.trainings.show.queryOptions());
  return (
    <HydrateClient>
      <TrainingsScreen />
    </HydrateClient>
  );
}
