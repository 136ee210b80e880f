"use client";

import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAnnounce } from "../../_ui/announcer.tsx";
import { readProblem } from "../../_ui/read-problem.ts";
import { useTRPC, useTRPCClient } from "../../trpc/client.tsx";
import { UndoNotice } from "../leads/[leadId]/undo-notice.tsx";

/** The server repeats no more at once. */
const REPEATED_AT_ONCE = 5000;

interface OwnMarkDeeds {
  busy: boolean;
  withdraw(markId: string, name: string): Promise<void>;
  reset(): Promise<void>;
}

/** Taking marks back and saying them anew; whatever hangs on them is asked for again. */
export function useOwnMarkDeeds(): OwnMarkDeeds {
  const t = useTranslations("me");
  const mark = useTranslations("mark");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);

  const refresh = () => {
    void queryClient.invalidateQueries(trpc.me.taste.pathFilter());
    void queryClient.invalidateQueries(trpc.me.tasteEffect.pathFilter());
    void queryClient.invalidateQueries({ queryKey: ["feedback.own"] });
    void queryClient.invalidateQueries(trpc.matching.board.pathFilter());
  };

  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    try {
      await deed();
    } catch (error) {
      const { offline, message } = readProblem(error);
      notifications.show({ color: "red", title: t("deedFailed"), message: offline ? t("deedOffline") : message });
    } finally {
      setBusy(false);
    }
    refresh();
  };

  const offerUndo = (markIds: string[], text: string) => {
    const id = `undo-${markIds[0]}`;
    const undo = () => {
      notifications.hide(id);
      void attempt(async () => {
        for (let from = 0; from < markIds.length; from += REPEATED_AT_ONCE)
          await client.feedback.repeat.mutate({ markIds: markIds.slice(from, from + REPEATED_AT_ONCE) });
        announce(t("repeated", { count: markIds.length }));
      });
    };
    announce(text);
    notifications.show({
      id,
      message: <UndoNotice text={text} word={mark("redo")} onUndo={undo} />,
      autoClose: 20_000,
    });
  };

  return {
    busy,
    withdraw: (markId, name) =>
      attempt(async () => {
        await client.feedback.withdrawMany.mutate({ markIds: [markId] });
        offerUndo([markId], mark("withdrawnNotice", { name }));
      }),
    reset: () =>
      attempt(async () => {
        const { markIds } = await client.feedback.reset.mutate();
        if (markIds.length > 0) offerUndo(markIds, t("wasReset", { count: markIds.length }));
      }),
  };
}
