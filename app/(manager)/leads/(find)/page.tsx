import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { caller, getQueryClient, HydrateClient, requireUser } from "../../../trpc/server.tsx";
import { leadPages, queryParser } from "./find-query.ts";
import { LeadFinder } from "./lead-finder.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("leads"))("title") };
}

export default async function LeadsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await requireUser("/leads");
  const { q } = await searchParams;
  const query = queryParser.parseServerSide(q);
  // Awaited, so that server and browser draw the same first picture; a failure is left for the browser to ask again.
  await getQueryClient().prefetchInfiniteQuery(leadPages(query, caller.leads.find));
  return (
    <HydrateClient>
      <LeadFinder />
    </HydrateClient>
  );
}
