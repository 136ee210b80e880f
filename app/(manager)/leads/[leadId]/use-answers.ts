"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import type { Undo } from "../../../_ui/use-undo.ts";
import { useTRPC, useTRPCClient } from "../../../trpc/client.tsx";
import { newIdempotencyKey } from "../../outbox/outbox.ts";
import type { LeadCard } from "../use-wish-words.ts";
import type { MatchBoard } from "./board-answers.ts";
import { type BoardChange, compareBoards } from "./compare-boards.ts";

export type Answer = RouterInputs["leads"]["answer"]["answer"];
export type Field = Answer["field"];
type Wishes = RouterOutputs["matching"]["whatIf"]["wishes"];

/** What the last answer did to the board, or why it did nothing. */
export type Told =
  | { kind: "saving"; field: Field }
  | { kind: "changed"; field: Field; change: BoardChange; withdrawn: boolean; undo: (() => void) | null }
  | { kind: "failed"; field: Field; message: string; retry: () => void };

export interface Answers {
  told: Told | null;
  /** `wishes`: the answer as it will be read, where that is known already; shown before the server has said so. */
  give(answer: Answer, wishes: Wishes | undefined): void;
  withdraw(answerId: string, field: Field): void;
  forget(): void;
}

/**
 * Answers to what was missing: seen at once, judged anew at once, taken back by one press or Ctrl+Z. What the server refuses
 * leaves the card as it was; what did not reach it goes out when the network is back, while the lead is open.
 */
export function useAnswers(lead: LeadCard, remember: Undo["remember"]): Answers {
  const t = useTranslations("answer");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const announce = useAnnounce();
  const [told, setTold] = useState<Told | null>(null);
  /** Ends the waiting of an answer for the network. */
  const waiting = useRef<AbortController>(null);
  useEffect(() => () => waiting.current?.abort(), []);
  const { leadId } = lead;
  const options = trpc.matching.board.queryOptions({ leadId, asOf: undefined });
  const boardNow = () => queryClient.getQueryData(options.queryKey);
  const show = (next: (lead: LeadCard) => LeadCard) =>
    queryClient.setQueryData(options.queryKey, (board: MatchBoard | undefined) =>
      board ? { ...board, lead: next(board.lead) } : board,
    );

  /** Sends, judges anew and says what became of it. */
  const settle = async (
    field: Field,
    withdrawn: boolean,
    send: () => Promise<{ lead: LeadCard; undo: (() => void) | null }>,
    optimistic: Wishes,
  ) => {
    waiting.current?.abort();
    const before = boardNow();
    setTold({ kind: "saving", field });
    await queryClient.cancelQueries({ queryKey: options.queryKey });
    show((shown) => ({ ...shown, ...optimistic }));
    try {
      const { lead: kept, undo } = await send();
      show(() => kept);
      const after = await queryClient.fetchQuery({ ...options, staleTime: 0 });
      void queryClient.invalidateQueries({ queryKey: ["leads.find"] });
      const change = compareBoards(before?.items ?? [], after.items);
      setTold({ kind: "changed", field, change, withdrawn, undo });
      announce(t("announced", { field: t(`field.${field}`), fit: change.entered.length, gone: change.left.length }));
    } catch (error) {
      // The board was being judged when the network went: what was saved is saved, and the card says the older thing.
      if (before) show(() => before.lead);
      const { offline, message } = readProblem(error);
      const words = offline ? t("offline") : message;
      const retry = () => void settle(field, withdrawn, send, optimistic);
      if (offline) {
        waiting.current = new AbortController();
        window.addEventListener("online", retry, { once: true, signal: waiting.current.signal });
      }
      setTold({ kind: "failed", field, message: words, retry });
      announce(words);
    }
  };

  const withdraw = (answerId: string, field: Field) => {
    const beneath = lead.answers.find((answer) => answer.answerId === answerId)?.crm ?? {};
    const send = async () => ({ ...(await client.leads.withdrawAnswer.mutate({ answerId })), undo: null });
    void settle(field, true, send, beneath);
  };

  const give = (answer: Answer, wishes: Wishes | undefined) => {
    // One key for all attempts of this deed: an answer whose acknowledgement was lost is not written twice.
    const idempotencyKey = newIdempotencyKey();
    const { field } = answer;
    let deed: { undo: () => void } | null = null;
    const send = async () => {
      const { answerId, lead: kept } = await client.leads.answer.mutate({ leadId, answer, idempotencyKey });
      deed ??= remember({ undo: () => withdraw(answerId, field), redo: () => give(answer, wishes) });
      return { lead: kept, undo: deed.undo };
    };
    void settle(field, false, send, wishes ?? {});
  };

  const forget = () => {
    waiting.current?.abort();
    setTold(null);
  };

  return { told, give, withdraw, forget };
}
