import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { ModelList } from "./model-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("models"))("title") };
}

export default async function ModelsPage() {
  await requireOwner("/admin/models");
  await getQueryClient().prefetchQuery(trpc.models.list.queryOptions());
  return (
    <HydrateClient>
      <ModelList />
    </HydrateClient>
  );
}
