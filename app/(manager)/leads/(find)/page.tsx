import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { caller, getQueryClient, HydrateClient, requireUser, trpc } from "../../../trpc/server.tsx";
import { type Address, findAddress, leadPages, pathOfView } from "./find-address.ts";
import { LeadFinder } from "./lead-finder.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("leads"))("title") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function LeadsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const me = await requireUser("/leads");
  const search = await searchParams;
  const queries = getQueryClient();
  const views = await caller.views.list();
  // A bare address is where a day begins: with the view that a person, or an administrator for his role, chose for it.
  if (Object.keys(search).length === 0 && views.start !== null) redirect(pathOfView(views.start));
  queries.setQueryData(trpc.views.list.queryKey(), views);
  // Awaited, so that server and browser draw the same first picture; a failure is left for the browser to ask again.
  await Promise.all([
    queries.prefetchQuery(trpc.leads.choices.queryOptions()),
    queries.prefetchInfiniteQuery(leadPages(readAddress(search), caller.leads.find)),
  ]);
  return (
    <HydrateClient>
      <LeadFinder me={me} />
    </HydrateClient>
  );
}

function readAddress(search: Search): Address {
  return Object.fromEntries(
    Object.entries(findAddress).map(([name, parser]) => [name, parser.parseServerSide(search[name])]),
  ) as Address;
}
