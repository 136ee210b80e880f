"use client";

import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { isPassing, type ReadProblem, readProblem } from "../../_ui/read-problem.ts";
import { useTRPC, useTRPCClient } from "../../trpc/client.tsx";
import type { MatchBoard } from "../leads/[leadId]/board-answers.ts";
import { type Acknowledged, type Delivery, deliverOutbox } from "./deliver-outbox.ts";
import { memoryShelf, Outbox, type Pending, type Shelf } from "./outbox.ts";

/** Pauses between attempts while nothing answers: short at first, then half a minute. */
const retryMs = [1_500, 4_000, 10_000, 30_000];
const nothing: readonly Pending[] = [];

interface OutboxState {
  outbox: Outbox;
  pending: readonly Pending[];
  /** Sends what waits; called after each `outbox.add`. */
  deliver(): void;
  /** Why the last attempt did not get through; null: it did. */
  stuck: ReadProblem | null;
}

const OutboxContext = createContext<OutboxState | null>(null);

/** One outbox for all screens: what was marked on one board goes out while its author is already on another page. */
export function OutboxProvider({ userId, children }: { userId: number; children: ReactNode }) {
  const [outbox] = useState(() => new Outbox(openShelf(), userId));
  const pending = useSyncExternalStore(outbox.subscribe, outbox.list, () => nothing);
  const { deliver, stuck } = useDelivery(outbox, userId);
  const state = useMemo(() => ({ outbox, pending, deliver, stuck }), [outbox, pending, deliver, stuck]);
  return <OutboxContext value={state}>{children}</OutboxContext>;
}

export function useOutbox(): OutboxState {
  const state = use(OutboxContext);
  if (!state) throw new Error("useOutbox needs an OutboxProvider above it.");
  return state;
}

/** Storage may be forbidden or absent; then marks live as long as the tab. */
function openShelf(): Shelf {
  try {
    return typeof window === "undefined" ? memoryShelf() : window.localStorage;
  } catch {
    return memoryShelf();
  }
}

function useDelivery(outbox: Outbox, userId: number): Pick<OutboxState, "deliver" | "stuck"> {
  const t = useTranslations("mark");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [stuck, setStuck] = useState<ReadProblem | null>(null);
  const running = useRef(false);
  const failures = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const apply = ({ leadId, marks }: Acknowledged) => {
    const markOf = new Map(marks.map(({ premisesId, mark }) => [premisesId, mark]));
    queryClient.setQueriesData<MatchBoard>({ queryKey: trpc.matching.board.pathKey() }, (board) => {
      if (!board?.isToday || board.lead.leadId !== leadId) return board;
      const items = board.items.map((item) => {
        const mark = markOf.get(item.premisesId);
        return mark === undefined ? item : { ...item, mark };
      });
      return { ...board, items };
    });
  };
  // Another tab may show the same board and was told nothing by the server.
  const tellOtherTabs = useOtherTabs(`ostap.marks.${userId}`, apply);

  const delivery: Delivery = {
    sendMarks: ({ leadId, runId, reason, marks, idempotencyKey }) =>
      client.feedback.markMany.mutate({ leadId, runId, reason, marks, idempotencyKey }),
    sendWithdrawal: ({ marks }) => client.feedback.withdrawMany.mutate({ markIds: marks.map(({ markId }) => markId) }),
    onAcknowledged: (acknowledged) => {
      apply(acknowledged);
      tellOtherTabs(acknowledged);
    },
    onRefused: (_, error) =>
      notifications.show({ color: "red", title: t("refused"), message: readProblem(error).message }),
    onLeftOut: (count) => notifications.show({ color: "red", title: t("refused"), message: t("leftOut", { count }) }),
    isPassing,
  };

  const run = useEffectEvent(async () => {
    if (running.current) return;
    running.current = true;
    clearTimeout(timer.current);
    try {
      const stop = await alone(() => deliverOutbox(outbox, delivery));
      const problem = stop && readProblem(stop.stoppedBy);
      setStuck(problem);
      failures.current = problem ? failures.current + 1 : 0;
      if (problem) {
        const pause = retryMs[Math.min(failures.current, retryMs.length) - 1]!;
        // Whoever is too busy says for how long; to ask him sooner is only more work for him.
        timer.current = setTimeout(() => deliver(), Math.max(pause, (problem.retryAfterSeconds ?? 0) * 1000));
      }
    } finally {
      running.current = false;
    }
    // Something may have been added after the last look.
    if (outbox.list().length > 0 && failures.current === 0) deliver();
  });
  const [deliver] = useState(() => () => void window.dispatchEvent(new Event(deliverEvent)));

  useEffect(() => {
    const onDeliver = () => void run();
    const onStorage = () => outbox.changedElsewhere();
    window.addEventListener(deliverEvent, onDeliver);
    window.addEventListener("online", onDeliver);
    window.addEventListener("storage", onStorage);
    // Left over from an earlier sitting.
    onDeliver();
    return () => {
      window.removeEventListener(deliverEvent, onDeliver);
      window.removeEventListener("online", onDeliver);
      window.removeEventListener("storage", onStorage);
      clearTimeout(timer.current);
    };
  }, [outbox]);

  return { deliver, stuck };
}

const deliverEvent = "ostap:deliver";

/** Hears what this person's other tabs tell, and tells them. */
function useOtherTabs<T>(name: string, onHeard: (told: T) => void): (told: T) => void {
  const channel = useRef<BroadcastChannel>(undefined);
  const hear = useEffectEvent(onHeard);
  useEffect(() => {
    const opened = new BroadcastChannel(name);
    opened.onmessage = (event: MessageEvent<T>) => hear(event.data);
    channel.current = opened;
    return () => opened.close();
  }, [name]);
  return (told) => channel.current?.postMessage(told);
}

/** One tab at a time where the browser can tell (over https); elsewhere the idempotency keys alone see to it. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? navigator.locks.request("ostap.outbox", work) : work();
}
