"use client";

import { useMemo, useState } from "react";
import type { BoardItem } from "./board-answers.ts";

/** A choice for a client is a few premises and stays in the address; a longer one is for marking and lives as long as the page. */
const inAddressMax = 20;

/** The premises that were ticked, of either column: for a proposal, to compare, to be marked together. */
export interface Picks {
  /** In the order of the board. */
  items: BoardItem[];
  has(item: BoardItem): boolean;
  toggle(item: BoardItem): void;
  add(items: readonly BoardItem[]): void;
  clear(): void;
}

/** `fromAddress` is read once: afterwards the address follows, told by `remember`, which takes null for none or too many. */
export function usePicks(
  board: readonly BoardItem[],
  fromAddress: readonly string[],
  remember: (premisesIds: string[] | null) => void,
): Picks {
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(fromAddress));
  const items = useMemo(() => board.filter((item) => picked.has(item.premisesId)), [board, picked]);

  const pick = (premisesIds: ReadonlySet<string>) => {
    setPicked(premisesIds);
    remember(premisesIds.size > 0 && premisesIds.size <= inAddressMax ? [...premisesIds] : null);
  };

  return {
    items,
    has: (item) => picked.has(item.premisesId),
    toggle: ({ premisesId }) => {
      const next = new Set(picked);
      if (!next.delete(premisesId)) next.add(premisesId);
      pick(next);
    },
    add: (more) => pick(new Set([...picked, ...more.map((item) => item.premisesId)])),
    clear: () => pick(new Set()),
  };
}
