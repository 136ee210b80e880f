import type { BoardItem, BoardMark, MatchBoard } from "#/server/matching/show-board.ts";

export type { BoardItem, BoardMark, MatchBoard };
export type MarkKind = BoardMark["mark"];
export type MarkReason = NonNullable<BoardMark["reason"]>;

/** The reasons of a mark in the order of their keys 1 to 5; `other` has none. */
export const keyedReasons = ["area", "price", "place", "condition", "neighbours"] as const satisfies MarkReason[];
export const markReasons: readonly MarkReason[] = [...keyedReasons, "other"];

/** Which mistake a verdict can be. */
export function mistakeOf(item: Pick<BoardItem, "decision">): MarkKind {
  return item.decision === "keep" ? "wrongly_kept" : "wrongly_removed";
}

/** Words of a mark kind in `messages`. */
export const markWord = { wrongly_removed: "wronglyRemoved", wrongly_kept: "wronglyKept" } as const;
