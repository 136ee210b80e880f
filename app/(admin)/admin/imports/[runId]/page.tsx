import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../../trpc/server.tsx";
import { readRunId } from "./run-id.ts";
import { RunScreen } from "./run-screen.tsx";

type Props = { params: Promise<{ runId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { runId } = await params;
  return { title: (await getTranslations("imports"))("runs.number", { id: runId }) };
}

export default async function RunPage({ params }: Props) {
  const { runId: text } = await params;
  await requireOwner(`/admin/imports/${text}`);
  const runId = readRunId(text);
  if (runId === null) notFound();
  const queries = getQueryClient();
  const shown = trpc.imports.show.queryOptions({ runId });
  await queries.prefetchQuery(shown);
  // Refused by the server as not there: the page is not there either.
  if (isNotThere(queries.getQueryState(shown.queryKey)?.error)) notFound();
  return (
    <HydrateClient>
      <RunScreen runId={runId} />
    </HydrateClient>
  );
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "NOT_FOUND";
}
