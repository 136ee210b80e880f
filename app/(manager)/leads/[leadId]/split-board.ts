import type { BoardItem } from "./board-answers.ts";

/** A group that a removal is filed under: the code of its strongest reason against; `other` where none is against. */
export type RemovalGroup = BoardItem["reasons"][number]["code"] | "other";

export interface SplitBoard {
  kept: BoardItem[];
  removed: BoardItem[];
  /** Removals by group, the largest first; each removal is in exactly one. */
  groups: { group: RemovalGroup; count: number }[];
}

export function removalGroup(item: BoardItem): RemovalGroup {
  let worst: BoardItem["reasons"][number] | undefined;
  for (const reason of item.reasons) {
    if (reason.against && (!worst || reason.strength > worst.strength)) worst = reason;
  }
  return worst?.code ?? "other";
}

/** Kept by rank; removed by suitability, so that the nearest to the threshold comes first. */
export function splitBoard(items: readonly BoardItem[]): SplitBoard {
  const kept = items.filter((item) => item.decision === "keep").sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const removed = items.filter((item) => item.decision === "remove").sort((a, b) => b.suitability - a.suitability);
  const counts = new Map<RemovalGroup, number>();
  for (const item of removed) counts.set(removalGroup(item), (counts.get(removalGroup(item)) ?? 0) + 1);
  const groups = [...counts].map(([group, count]) => ({ group, count })).sort((a, b) => b.count - a.count);
  return { kept, removed, groups };
}
