import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireUser, trpc } from "../../../trpc/server.tsx";
import { readAsOf } from "../../leads/[leadId]/board-address.ts";
import { NewlyFreeScreen } from "./newly-free-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("morning"))("title") };
}

export default async function NewlyFreePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await requireUser("/premises/newly-free");
  const since = readAsOf((await searchParams).since);
  // Awaited, so that server and browser draw the same first picture; the leads of each premises come by themselves.
  await getQueryClient().prefetchQuery(trpc.premises.newlyFree.queryOptions({ since }));
  return (
    <HydrateClient>
      <NewlyFreeScreen />
    </HydrateClient>
  );
}
