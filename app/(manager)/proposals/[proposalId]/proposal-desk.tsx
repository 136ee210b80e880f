"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import { DraftDesk } from "./draft-desk.tsx";
import { SentDesk } from "./sent-desk.tsx";

/** The page of one proposal: written as long as it is a draft, handed out once it is sent. */
export function ProposalDesk({ proposalId }: { proposalId: string }) {
  const trpc = useTRPC();
  const proposal = useQuery(
    trpc.proposals.get.queryOptions(
      { proposalId },
      // A draft is kept by its own keeper; asking again under its hands would be of no use.
      { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: (query) => query.state.data?.state !== "draft" },
    ),
  );
  if (proposal.isError && !proposal.data)
    return <Problem error={proposal.error} onRetry={() => void proposal.refetch()} retrying={proposal.isFetching} />;
  if (!proposal.data) return <Skeleton height={480} m="md" radius="md" />;
  return proposal.data.state === "draft" && proposal.data.writable ? (
    <DraftDesk view={proposal.data} />
  ) : (
    <SentDesk view={proposal.data} />
  );
}
