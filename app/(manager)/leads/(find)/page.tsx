import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireUser, trpc } from "../../../trpc/server.tsx";
import { findPageSize, queryParser } from "./find-query.ts";
import { LeadFinder } from "./lead-finder.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("leads"))("title") };
}

export default async function LeadsPage({ searchParams }: PageProps<"/leads">) {
  await requireUser("/leads");
  const { q } = await searchParams;
  const query = queryParser.parseServerSide(q);
  void getQueryClient().prefetchInfiniteQuery(
    trpc.leads.find.infiniteQueryOptions(
      { query, limit: findPageSize },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  return (
    <HydrateClient>
      <LeadFinder />
    </HydrateClient>
  );
}
