import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { caller, getQueryClient, HydrateClient, requireUser, trpc } from "../../../trpc/server.tsx";
import { ProposalDesk } from "./proposal-desk.tsx";

/** The proposal, or null: not there, or another manager's; the two look alike from outside. */
const findProposal = cache(async (proposalId: string) => {
  try {
    return await caller.proposals.get({ proposalId });
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST"))
      return null;
    throw error;
  }
});

type Props = { params: Promise<{ proposalId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { proposalId } = await params;
  await requireUser(`/proposals/${proposalId}`);
  const view = await findProposal(proposalId);
  if (!view) return {};
  const [t, leads] = await Promise.all([getTranslations("proposal"), getTranslations("leads")]);
  const brand = view.brand ?? `${leads("noBrand")} ${leads("numbered", { id: view.leadId })}`;
  const number = view.sending ? t("numbered", { number: view.sending.number }) : t("state.draft");
  return { title: t("documentTitle", { number, brand }) };
}

// There is no loading.tsx at or above this page: once a placeholder is sent, it could no longer be a 404.
export default async function ProposalPage({ params }: Props) {
  const { proposalId } = await params;
  await requireUser(`/proposals/${proposalId}`);
  const view = await findProposal(proposalId);
  if (!view) notFound();
  getQueryClient().setQueryData(trpc.proposals.get.queryKey({ proposalId }), view);
  return (
    <HydrateClient>
      <ProposalDesk proposalId={proposalId} />
    </HydrateClient>
  );
}
