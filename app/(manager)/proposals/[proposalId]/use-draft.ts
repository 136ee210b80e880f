"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { isPassing, readProblem } from "../../../_ui/read-problem.ts";
import { useTRPCClient } from "../../../trpc/client.tsx";
import type { ProposalView } from "../proposal-answers.ts";
import { DraftKeeper, type KeptDraft, type Shelf } from "./draft-keeper.ts";

/** The keeper of one draft for as long as its page is open, and what it holds. */
export function useDraft(view: ProposalView): { keeper: DraftKeeper; draft: KeptDraft } {
  const client = useTRPCClient();
  const [keeper] = useState(
    () =>
      new DraftKeeper(view, {
        save: (input) => client.proposals.save.mutate(input),
        read: () => client.proposals.get.query({ proposalId: view.proposalId }),
        shelf: openShelf(),
        kindOf: (error) =>
          isPassing(error) ? "passing" : readProblem(error).place === "base" ? "overtaken" : "refused",
      }),
  );
  const draft = useSyncExternalStore(keeper.subscribe, keeper.read, keeper.read);

  useEffect(() => {
    keeper.takeUp();
    const onOnline = () => void keeper.flush();
    const onHide = () => {
      if (document.visibilityState === "hidden") void keeper.flush();
    };
    window.addEventListener("online", onOnline);
    document.addEventListener("visibilitychange", onHide);
    return () => {
      window.removeEventListener("online", onOnline);
      document.removeEventListener("visibilitychange", onHide);
      void keeper.flush();
      keeper.stop();
    };
  }, [keeper]);

  return { keeper, draft };
}

/** Storage may be forbidden or absent; then a draft is as safe as its tab. */
function openShelf(): Shelf {
  try {
    if (typeof window !== "undefined") return window.localStorage;
  } catch {}
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
