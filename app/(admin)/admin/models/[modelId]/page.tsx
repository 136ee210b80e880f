import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../../trpc/server.tsx";
import { readModelId } from "./model-id.ts";
import { ModelScreen } from "./model-screen.tsx";

type Props = { params: Promise<{ modelId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { modelId } = await params;
  return { title: (await getTranslations("models"))("model", { id: modelId }) };
}

export default async function ModelPage({ params }: Props) {
  const { modelId: text } = await params;
  await requireOwner(`/admin/models/${text}`);
  const modelId = readModelId(text);
  if (modelId === null) notFound();
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.models.show.queryOptions({ modelId })),
    queries.prefetchQuery(trpc.shadow.show.queryOptions({ modelId })),
    queries.prefetchQuery(trpc.models.list.queryOptions()),
  ]);
  // Refused by the server as not there: the page is not there either.
  if (queries.getQueryData(trpc.models.list.queryKey())?.models.every((model) => model.modelId !== modelId)) notFound();
  return (
    <HydrateClient>
      <ModelScreen modelId={modelId} />
    </HydrateClient>
  );
}
