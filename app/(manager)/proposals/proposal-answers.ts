import type { RouterOutputs } from "#/server/trpc/root.ts";

export type ProposalView = RouterOutputs["proposals"]["get"];
export type SavedDraft = RouterOutputs["proposals"]["save"];
export type ProposalContent = ProposalView["content"];
export type ProposalItem = ProposalContent["items"][number];
export type PickView = ProposalView["picks"][number];
export type ListedProposal = RouterOutputs["proposals"]["list"]["proposals"][number];
