import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { caller, getQueryClient, HydrateClient, requireUser, trpc } from "../../../trpc/server.tsx";
import { readAsOf } from "./board-address.ts";
import { MatchBoardScreen } from "./match-board.tsx";

/** The lead, or null: not there, or another manager's; the two look alike from outside. */
const findLead = cache(async (leadId: string) => {
  try {
    return await caller.leads.get({ leadId });
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST"))
      return null;
    throw error;
  }
});

type Props = {
  params: Promise<{ leadId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { leadId } = await params;
  await requireUser(`/leads/${leadId}`);
  const lead = await findLead(decodeURIComponent(leadId));
  if (!lead) return {};
  const [t, leads] = await Promise.all([getTranslations("board"), getTranslations("leads")]);
  return {
    title: t("documentTitle", { brand: lead.brand ?? `${leads("noBrand")} ${leads("numbered", { id: lead.leadId })}` }),
  };
}

// There is no loading.tsx at or above this page: once a placeholder is sent, a lead that is not there could no longer be a 404.
export default async function LeadPage({ params, searchParams }: Props) {
  const { leadId } = await params;
  const me = await requireUser(`/leads/${leadId}`);
  const lead = await findLead(decodeURIComponent(leadId));
  if (!lead) notFound();
  const asOf = readAsOf((await searchParams).asOf);
  // Awaited, so that server and browser draw the same first picture, and no late notice moves the cards away from under the
  // hand; a failure is left for the browser to ask again.
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.matching.board.queryOptions({ leadId: lead.leadId, asOf })),
    asOf === undefined && queries.prefetchQuery(trpc.matching.modelChange.queryOptions({ leadId: lead.leadId })),
  ]);
  return (
    <HydrateClient>
      <MatchBoardScreen lead={lead} me={me} />
    </HydrateClient>
  );
}
