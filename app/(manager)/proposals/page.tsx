import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { caller, getQueryClient, HydrateClient, requireUser } from "../../trpc/server.tsx";
import { ProposalList } from "./proposal-list.tsx";
import { leadParser, proposalPages } from "./proposal-pages.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("proposals"))("title") };
}

export default async function ProposalsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const me = await requireUser("/proposals");
  const leadId = leadParser.parseServerSide((await searchParams).lead);
  // Awaited, so that server and browser draw the same first picture; a failure is left for the browser to ask again.
  await getQueryClient().prefetchInfiniteQuery(proposalPages(leadId, caller.proposals.list));
  return (
    <HydrateClient>
      <ProposalList mayNameFirm={me.permissions.includes("setting:change")} />
    </HydrateClient>
  );
}
