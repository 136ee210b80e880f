"use client";

import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { newIdempotencyKey, type Pending } from "../../outbox/outbox.ts";
import { useOutbox } from "../../outbox/outbox-provider.tsx";
import { type BoardItem, type MarkReason, type MatchBoard, markWord, mistakeOf } from "./board-answers.ts";
import type { MarkDeeds, StandingMark } from "./mark-menu.tsx";
import { UndoNotice } from "./undo-notice.tsx";

type Said = Pick<StandingMark, "mark" | "reason">;

export interface Marks extends MarkDeeds {
  of(item: BoardItem): StandingMark | null;
  /** Takes back the last deed of this sitting, whichever it was. */
  undo(): void;
}

/**
 * The marks of one board. What a person says is seen at once and written down before it is sent: the screen shows what the
 * server has, overlaid with what is still on its way, so that a refusal needs no rolling back.
 */
export function useMarks(board: MatchBoard | undefined, leadId: string): Marks {
  const t = useTranslations("mark");
  const announce = useAnnounce();
  const { outbox, pending, deliver, stuck } = useOutbox();
  const deeds = useRef<{ undo: () => void }[]>([]);
  const overlay = useMemo(() => overlayOf(pending, leadId, stuck), [pending, leadId, stuck]);

  // A notice lives longer than the render that made it, and must see the mark as it is by then.
  const latest = useRef(board);
  useEffect(() => {
    latest.current = board;
  }, [board]);

  const of = (item: BoardItem): StandingMark | null => {
    const onItsWay = overlay.get(item.premisesId);
    if (onItsWay !== undefined) return onItsWay;
    return item.mark && { mark: item.mark.mark, reason: item.mark.reason, waiting: false };
  };

  const say = (item: BoardItem, { mark, reason }: Said) => {
    if (!latest.current) return;
    const { runId } = latest.current;
    const { premisesId } = item;
    outbox.add({
      kind: "mark",
      idempotencyKey: newIdempotencyKey(),
      leadId,
      premisesId,
      mark,
      reason,
      runId,
      withdrawn: false,
    });
    deliver();
  };

  const takeBack = ({ premisesId }: BoardItem) => {
    const onItsWay = outbox.list().findLast((entry) => entry.leadId === leadId && entry.premisesId === premisesId);
    const standing = latest.current?.items.find((item) => item.premisesId === premisesId)?.mark;
    if (onItsWay?.kind === "mark") outbox.replace(onItsWay.idempotencyKey, { ...onItsWay, withdrawn: true });
    else if (!onItsWay && standing) {
      const idempotencyKey = newIdempotencyKey();
      outbox.add({ kind: "withdraw", idempotencyKey, leadId, premisesId, markId: standing.markId });
    }
    deliver();
  };

  /** Tells what was done and offers the way back, here and by Ctrl+Z. */
  const tell = (message: string, back: { word: string; undo: () => void }) => {
    const id = newIdempotencyKey();
    const deed = {
      undo: () => {
        notifications.hide(id);
        deeds.current = deeds.current.filter((other) => other !== deed);
        back.undo();
      },
    };
    deeds.current.push(deed);
    announce(message);
    notifications.show({
      id,
      withCloseButton: false,
      message: <UndoNotice text={message} word={back.word} onUndo={deed.undo} />,
    });
  };

  const nameOf = (item: BoardItem) => item.address ?? item.name;
  const withdrawnNotice = (item: BoardItem) => t("withdrawnNotice", { name: nameOf(item) });

  return {
    of,
    mark: (item: BoardItem, reason: MarkReason | null) => {
      const before = of(item);
      const mark = mistakeOf(item);
      if (before) takeBack(item);
      say(item, { mark, reason });
      tell(t("markedNotice", { name: nameOf(item), mark: t(markWord[mark]).toLowerCase() }), {
        word: t("undo"),
        undo: () => {
          takeBack(item);
          if (before) say(item, before);
          announce(withdrawnNotice(item));
        },
      });
    },
    withdraw: (item: BoardItem) => {
      const before = of(item);
      if (!before) return;
      takeBack(item);
      tell(withdrawnNotice(item), { word: t("redo"), undo: () => say(item, before) });
    },
    undo: () => {
      const last = deeds.current.at(-1);
      if (last) last.undo();
      else announce(t("nothingToUndo"));
    },
  };
}

/** What is on its way, by premises; null: a mark is being taken back. The latest entry of a premises decides. */
function overlayOf(pending: readonly Pending[], leadId: string, stuck: boolean): Map<string, StandingMark | null> {
  const overlay = new Map<string, StandingMark | null>();
  for (const entry of pending) {
    if (entry.leadId !== leadId) continue;
    const gone = entry.kind === "withdraw" || entry.withdrawn;
    overlay.set(entry.premisesId, gone ? null : { mark: entry.mark, reason: entry.reason, waiting: stuck });
  }
  return overlay;
}
