"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useRef } from "react";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { boardAddress } from "./board-address.ts";
import type { BoardItem } from "./board-answers.ts";
import { type BoardCursor, type Side, useBoardCursor } from "./use-board-cursor.ts";
import { type Picks, usePicks } from "./use-picks.ts";
import type { VerdictColumnHandle } from "./verdict-column.tsx";

export const comparedMin = 2;
const comparedMax = 4;
/** Each step is one that the back button takes back; walking and sorting are not. */
export const asStep = { history: "push" } as const;

export interface BoardWalk {
  cursor: BoardCursor;
  picks: Picks;
  /** Its details are open. */
  opened: BoardItem | null;
  /** Stand side by side. */
  compared: BoardItem[];
  /** What a key is about: the card under the cursor, else the open one. */
  acting: BoardItem | null;
  hold(side: Side, handle: VerdictColumnHandle | null): void;
  focusCard(item: BoardItem): void;
  goTo(item: BoardItem | null): void;
  goToOnMap(item: BoardItem): void;
  toggleOpen(item: BoardItem): void;
  close(): void;
  toggleMap(): void;
  pick(item: BoardItem, range: boolean): void;
  comparePicked(): void;
}

/** Where one is on the board and what lies open on it: the cursor, the ticks, the details, the comparison; all but the cursor in the address. */
export function useBoardWalk(items: readonly BoardItem[], shown: Record<Side, BoardItem[]>): BoardWalk {
  const compare = useTranslations("compare");
  const announce = useAnnounce();
  const [address, setAddress] = useQueryStates(boardAddress);
  const columns = useRef<Record<Side, VerdictColumnHandle | null>>({ keep: null, remove: null });
  const cursor = useBoardCursor(shown, address.side);
  const picks = usePicks(items, address.picked, (picked) => void setAddress({ picked }));
  const itemOf = useMemo(() => new Map(items.map((item) => [item.premisesId, item])), [items]);
  const opened = itemOf.get(address.open ?? "") ?? null;

  const focusCard = (item: BoardItem) => {
    cursor.put(item);
    if (address.side !== item.decision) void setAddress({ side: item.decision });
    columns.current[item.decision]?.focusRow(shown[item.decision].indexOf(item));
  };
  return {
    cursor,
    picks,
    opened,
    compared: address.compare.flatMap((premisesId) => itemOf.get(premisesId) ?? []).slice(0, comparedMax),
    acting: cursor.item ?? opened,
    hold: (side, handle) => {
      columns.current[side] = handle;
    },
    focusCard,
    goTo: (item) => {
      if (!item) return;
      focusCard(item);
      if (opened) void setAddress({ open: item.premisesId });
    },
    goToOnMap: (item) => {
      focusCard(item);
      void setAddress({ open: item.premisesId }, asStep);
    },
    toggleOpen: (item) => {
      cursor.put(item);
      void setAddress({ open: opened?.premisesId === item.premisesId ? null : item.premisesId }, asStep);
    },
    close: () => {
      void setAddress({ open: null }, asStep);
      if (opened) focusCard(opened);
    },
    toggleMap: () => void setAddress({ map: !address.map }, asStep),
    pick: (item, range) => {
      if (range) picks.add(cursor.rangeTo(item));
      else picks.toggle(item);
      focusCard(item);
    },
    comparePicked: () => {
      const chosen = picks.items.slice(0, comparedMax).map((item) => item.premisesId);
      if (chosen.length < comparedMin) announce(compare("tooFew"));
      else void setAddress({ compare: chosen }, asStep);
    },
  };
}
