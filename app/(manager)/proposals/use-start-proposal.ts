"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useTRPCClient } from "../../trpc/client.tsx";
import { newIdempotencyKey } from "../outbox/outbox.ts";
import { proposalListKey } from "./proposal-pages.ts";

interface Wanted {
  leadId: string;
  premisesIds: string[];
}

/** Begins a proposal and goes to its page. Asked again after an answer that was lost, it finds the one that was begun. */
export function useStartProposal() {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const router = useRouter();
  const keys = useRef(new Map<string, string>());
  return useMutation({
    mutationFn: (wanted: Wanted) => {
      const asked = JSON.stringify(wanted);
      const idempotencyKey = keys.current.get(asked) ?? newIdempotencyKey();
      keys.current.set(asked, idempotencyKey);
      return client.proposals.draft.mutate({ ...wanted, idempotencyKey });
    },
    onSuccess: async ({ proposalId }) => {
      keys.current.clear();
      await queries.invalidateQueries({ queryKey: proposalListKey });
      router.push(`/proposals/${proposalId}`);
    },
  });
}
