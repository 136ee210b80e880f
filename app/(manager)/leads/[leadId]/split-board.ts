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

/** How the columns are ordered: as the model says, or by a figure, unknown ones last. */
export const boardOrders = ["model", "rent", "rentSqm", "area"] as const;
export type BoardOrder = (typeof boardOrders)[number];

const figureOf: Record<Exclude<BoardOrder, "model">, (item: BoardItem) => number | null> = {
  rent: (item) => item.rentRubMonth,
  rentSqm: (item) => (item.rentRubMonth === null || item.areaSqm === null ? null : item.rentRubMonth / item.areaSqm),
  area: (item) => item.areaSqm,
};

/** In the model's order the kept go by rank, and the removed by suitability, so that the nearest to the threshold comes first. */
export function splitBoard(items: readonly BoardItem[], order: BoardOrder = "model"): SplitBoard {
  const kept = items.filter((item) => item.decision === "keep").sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const removed = items.filter((item) => item.decision === "remove").sort((a, b) => b.suitability - a.suitability);
  if (order !== "model") for (const column of [kept, removed]) sortRising(column, figureOf[order]);
  const counts = new Map<RemovalGroup, number>();
  for (const item of removed) {
    const group = removalGroup(item);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const groups = [...counts].map(([group, count]) => ({ group, count })).sort((a, b) => b.count - a.count);
  return { kept, removed, groups };
}

function sortRising(items: BoardItem[], figure: (item: BoardItem) => number | null): void {
  const last = Number.POSITIVE_INFINITY;
  items.sort((a, b) => {
    const [x, y] = [figure(a) ?? last, figure(b) ?? last];
    return x === y ? 0 : x - y;
  });
}
