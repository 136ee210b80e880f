"use client";

import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { type Deed, type Undo, useUndo } from "../../../_ui/use-undo.ts";
import { newIdempotencyKey, type Pending } from "../../outbox/outbox.ts";
import { useOutbox } from "../../outbox/outbox-provider.tsx";
import { type BoardItem, type MarkReason, type MatchBoard, markWord, mistakeOf } from "./board-answers.ts";
import type { MarkDeeds, StandingMark } from "./mark-menu.tsx";
import { UndoNotice } from "./undo-notice.tsx";

type Said = Pick<StandingMark, "mark" | "reason"> & { item: BoardItem };

export interface Marks extends MarkDeeds {
  of(item: BoardItem): StandingMark | null;
  /** One deed: each that has no mark yet is marked, and all of them are taken back by one undo. */
  markAll(items: readonly BoardItem[], reason: MarkReason | null): void;
  /** Takes back the last deed of this sitting, whichever it was. */
  undo(): void;
  /** Another deed of this board that is to be undone in its turn. */
  remember: Undo["remember"];
  /** Does again what was undone last. */
  redo(): void;
}

/**
 * The marks of one board. What a person says is seen at once and written down before it is sent: the screen shows what the
 * server has, overlaid with what is still on its way, so that a refusal needs no rolling back.
 */
export function useMarks(board: MatchBoard | undefined, leadId: string): Marks {
  const t = useTranslations("mark");
  const announce = useAnnounce();
  const { outbox, pending, deliver, stuck } = useOutbox();
  const history = useUndo();
  const overlay = useMemo(() => overlayOf(pending, leadId, stuck !== null), [pending, leadId, stuck]);

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

  const say = (said: readonly Said[]) => {
    if (!latest.current) return;
    const { runId } = latest.current;
    for (const reason of new Set(said.map((one) => one.reason))) {
      const marks = said
        .filter((one) => one.reason === reason)
        .map(({ item, mark }) => ({ premisesId: item.premisesId, mark }));
      outbox.add({ kind: "marks", idempotencyKey: newIdempotencyKey(), leadId, runId, reason, marks, takenBack: [] });
    }
    deliver();
  };

  const takeBack = (items: readonly BoardItem[]) => {
    const standing = new Map(latest.current?.items.map((item) => [item.premisesId, item.mark]));
    const marks: { premisesId: string; markId: string }[] = [];
    for (const { premisesId } of items) {
      const onItsWay = outbox.list().findLast((entry) => entry.leadId === leadId && speaksOf(entry, premisesId));
      const mark = standing.get(premisesId);
      if (onItsWay?.kind === "marks") {
        const takenBack = [...new Set([...onItsWay.takenBack, premisesId])];
        outbox.replace(onItsWay.idempotencyKey, { ...onItsWay, takenBack });
      } else if (!onItsWay && mark) marks.push({ premisesId, markId: mark.markId });
    }
    if (marks.length > 0) outbox.add({ kind: "withdraw", idempotencyKey: newIdempotencyKey(), leadId, marks });
    deliver();
  };

  /** Tells what was done and offers the way back, here and by Ctrl+Z. */
  const tell = (message: string, word: string, deed: Deed) => {
    const id = newIdempotencyKey();
    const { undo } = history.remember({
      redo: deed.redo,
      undo: () => {
        notifications.hide(id);
        deed.undo();
      },
    });
    announce(message);
    notifications.show({
      id,
      withCloseButton: false,
      message: <UndoNotice text={message} word={word} onUndo={undo} />,
    });
  };

  const nameOf = (item: BoardItem) => item.address ?? item.name;
  const withdrawnNotice = (item: BoardItem) => t("withdrawnNotice", { name: nameOf(item) });

  return {
    of,
    mark: (item, reason) => {
      const before = of(item);
      const mark = mistakeOf(item);
      const does = () => {
        if (before) takeBack([item]);
        say([{ item, mark, reason }]);
      };
      does();
      tell(t("markedNotice", { name: nameOf(item), mark: t(markWord[mark]).toLowerCase() }), t("undo"), {
        redo: does,
        undo: () => {
          takeBack([item]);
          if (before) say([{ item, ...before }]);
          announce(withdrawnNotice(item));
        },
      });
    },
    markAll: (items, reason) => {
      const fresh = items.filter((item) => !of(item));
      if (fresh.length === 0) return;
      const does = () => say(fresh.map((item) => ({ item, mark: mistakeOf(item), reason })));
      does();
      tell(t("markedManyNotice", { count: fresh.length }), t("undo"), {
        redo: does,
        undo: () => {
          takeBack(fresh);
          announce(t("withdrawnManyNotice", { count: fresh.length }));
        },
      });
    },
    withdraw: (item) => {
      const before = of(item);
      if (!before) return;
      const does = () => takeBack([item]);
      does();
      tell(withdrawnNotice(item), t("redo"), { redo: does, undo: () => say([{ item, ...before }]) });
    },
    remember: history.remember,
    undo: () => history.undo() || announce(t("nothingToUndo")),
    redo: () => history.redo() || announce(t("nothingToRedo")),
  };
}

function speaksOf(entry: Pending, premisesId: string): boolean {
  if (!entry.marks.some((mark) => mark.premisesId === premisesId)) return false;
  return entry.kind === "withdraw" || !entry.takenBack.includes(premisesId);
}

/** What is on its way, by premises; null: a mark is being taken back. The latest entry of a premises decides. */
function overlayOf(pending: readonly Pending[], leadId: string, stuck: boolean): Map<string, StandingMark | null> {
  const overlay = new Map<string, StandingMark | null>();
  for (const entry of pending) {
    if (entry.leadId !== leadId) continue;
    if (entry.kind === "withdraw") for (const { premisesId } of entry.marks) overlay.set(premisesId, null);
    else {
      const { reason, takenBack } = entry;
      for (const { premisesId, mark } of entry.marks)
        overlay.set(premisesId, takenBack.includes(premisesId) ? null : { mark, reason, waiting: stuck });
    }
  }
  return overlay;
}
