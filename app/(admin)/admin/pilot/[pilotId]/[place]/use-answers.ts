"use client";

import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { isPassing, readProblem } from "../../../../../_ui/read-problem.ts";
import { type Undo, useUndo } from "../../../../../_ui/use-undo.ts";
import { useTRPC, useTRPCClient } from "../../../../../trpc/client.tsx";
import type { PilotAnswer, PilotLead } from "./order-cases.ts";

type Said = ReadonlyMap<string, PilotAnswer | null>;

export interface Answers extends Pick<Undo, "undo" | "redo"> {
  of(premisesId: string): PilotAnswer | null;
  /** One deed, which one undo takes back, however many it answers. */
  say(premisesIds: readonly string[], answer: PilotAnswer | null): { undo: () => void };
  done: number;
  /** Answers that the server does not know yet. */
  waiting: number;
}

const AGAIN_MS = 3000;

/**
 * The answers of one lead: shown at once, saved as they come, in order. What a lost connection held back goes when it is
 * there again; a refusal puts everything back as the server has it.
 */
export function useAnswers({ pilotId, place, cases }: PilotLead): Answers {
  const problem = useTranslations("problem");
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const undo = useUndo();
  const [said, setSaid] = useState<Said>(() => new Map(cases.map((one) => [one.premisesId, one.answer])));
  const latest = useRef(said);
  const unsaved = useRef(new Map<string, PilotAnswer | null>());
  const [waiting, setWaiting] = useState(0);
  const sending = useRef(false);
  const again = useRef<ReturnType<typeof setTimeout>>(undefined);

  const put = (answers: Said) => {
    const next = new Map(latest.current);
    for (const [premisesId, answer] of answers) {
      next.set(premisesId, answer);
      unsaved.current.set(premisesId, answer);
    }
    latest.current = next;
    setSaid(next);
    setWaiting(unsaved.current.size);
    void send();
  };

  const send = async () => {
    if (sending.current || unsaved.current.size === 0) return;
    sending.current = true;
    clearTimeout(again.current);
    let failed = false;
    const batch = unsaved.current;
    unsaved.current = new Map();
    try {
      const answers = [...batch].map(([premisesId, answer]) => ({ premisesId, answer }));
      await client.pilot.answer.mutate({ pilotId, place, answers });
      void queries.invalidateQueries({ queryKey: trpc.pilot.show.queryKey({ pilotId }) });
    } catch (error) {
      if (isPassing(error)) {
        failed = true;
        // What was said since is newer.
        unsaved.current = new Map([...batch, ...unsaved.current]);
        again.current = setTimeout(() => void send(), AGAIN_MS);
      } else {
        unsaved.current = new Map();
        notifications.show({ color: "red", message: readProblem(error).message || problem("unexpectedMore") });
        const fresh = await queries.fetchQuery(trpc.pilot.lead.queryOptions({ pilotId, place }, { staleTime: 0 }));
        latest.current = new Map(fresh.cases.map((one) => [one.premisesId, one.answer]));
        setSaid(latest.current);
      }
    } finally {
      sending.current = false;
      setWaiting(unsaved.current.size);
    }
    if (!failed) void send();
  };

  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (unsaved.current.size > 0 || sending.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", guard);
    return () => {
      window.removeEventListener("beforeunload", guard);
      // Coming back to this lead shows what was said, not what was loaded before.
      queries.setQueryData(
        trpc.pilot.lead.queryKey({ pilotId, place }),
        (loaded) =>
          loaded && {
            ...loaded,
            cases: loaded.cases.map((one) => ({ ...one, answer: latest.current.get(one.premisesId) ?? null })),
          },
      );
    };
  }, [queries, trpc, pilotId, place]);

  return {
    of: (premisesId) => said.get(premisesId) ?? null,
    say: (premisesIds, answer) => {
      const before = new Map(premisesIds.map((id) => [id, latest.current.get(id) ?? null]));
      const after = new Map(premisesIds.map((id) => [id, answer]));
      put(after);
      return undo.remember({ undo: () => put(before), redo: () => put(after) });
    },
    undo: undo.undo,
    redo: undo.redo,
    done: [...said.values()].filter((answer) => answer !== null).length,
    waiting,
  };
}
