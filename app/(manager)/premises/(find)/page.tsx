import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { caller, getQueryClient, HydrateClient, requireUser } from "../../../trpc/server.tsx";
import { PremisesFinder } from "./premises-finder.tsx";
import { loadPremisesAddress, premisesPages } from "./premises-query.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("stock"))("title") };
}

export default async function PremisesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const me = await requireUser("/premises");
  const address = await loadPremisesAddress(searchParams);
  // Awaited, so that server and browser draw the same first picture; a failure is left for the browser to ask again.
  await getQueryClient().prefetchInfiniteQuery(premisesPages(address, caller.premises.find));
  return (
    <HydrateClient>
      <PremisesFinder me={me} />
    </HydrateClient>
  );
}
