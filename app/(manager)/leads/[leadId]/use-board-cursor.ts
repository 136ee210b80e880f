"use client";

import { useState } from "react";
import type { BoardItem } from "./board-answers.ts";

export type Side = "keep" | "remove";

/** Where the keys act: one premises in one column. It survives a filter that hides it, and then the walk starts anew. */
export interface BoardCursor {
  item: BoardItem | null;
  side: Side;
  /** Puts the cursor on a premises of either column. */
  put(item: BoardItem): void;
  /** The premises a step away in the same column; at the ends the last one; null in an empty column. */
  neighbour(step: 1 | -1): BoardItem | null;
  /** The premises at the same height in the other column. */
  across(side: Side): BoardItem | null;
  /** From the cursor to `item`, both with them; `item` alone where the cursor is not in its column. */
  rangeTo(item: BoardItem): BoardItem[];
}

export function useBoardCursor(columns: Record<Side, readonly BoardItem[]>, shownSide: Side): BoardCursor {
  const [at, setAt] = useState<{ side: Side; premisesId: string } | null>(null);
  const side = at?.side ?? shownSide;
  const list = columns[side];
  const index = at ? list.findIndex((item) => item.premisesId === at.premisesId) : -1;

  return {
    item: list[index] ?? null,
    side,
    put: (item) => setAt({ side: item.decision, premisesId: item.premisesId }),
    neighbour: (step) => {
      if (index === -1) return list[0] ?? null;
      return list[Math.min(Math.max(index + step, 0), list.length - 1)] ?? null;
    },
    across: (other) => columns[other][Math.min(Math.max(index, 0), columns[other].length - 1)] ?? null,
    rangeTo: (item) => {
      const shown = columns[item.decision];
      const end = shown.indexOf(item);
      const start = item.decision === side && index >= 0 ? index : end;
      return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
    },
  };
}
