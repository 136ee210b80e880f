"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import type { Answer, Field } from "../../../(manager)/leads/[leadId]/use-answers.ts";
import { newIdempotencyKey } from "../../../(manager)/outbox/outbox.ts";
import { useTRPC, useTRPCClient } from "../../../trpc/client.tsx";

export interface Mend {
  /** The last wish that was put right here, until it is undone or another is. */
  told: { leadId: string; field: Field; undo: () => Promise<void> } | null;
  /** null: it was saved; else why it was not, in words. */
  save: (leadId: string, answer: Answer) => Promise<string | null>;
}

/** Puts a wish right by an answer, as on the lead's own board, and counts everything of the page anew. */
export function useMend(): Mend {
  const t = useTranslations("data");
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [told, setTold] = useState<Mend["told"]>(null);

  const recount = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.data.pathKey() }),
      queries.invalidateQueries({ queryKey: [rowsKey] }),
    ]);

  const save = async (leadId: string, answer: Answer) => {
    try {
      const { answerId } = await client.leads.answer.mutate({ leadId, answer, idempotencyKey: newIdempotencyKey() });
      const undo = async () => {
        await client.leads.withdrawAnswer.mutate({ answerId });
        setTold(null);
        announce(t("undone", { leadId }));
        await recount();
      };
      setTold({ leadId, field: answer.field, undo });
      announce(t("mended", { leadId }));
      await recount();
      return null;
    } catch (error) {
      const { offline, message } = readProblem(error);
      return offline ? t("offline") : message;
    }
  };
  return { told, save };
}

/** First part of the keys of lists that are read page by page. */
export const rowsKey = "data.rows";
