import type { RouterOutputs } from "#/server/trpc/root.ts";

export type ManagerFigures = RouterOutputs["reports"]["managers"]["managers"][number];

/**
 * The columns of the table, in its order; each word is one of `managers.columns` in the messages. A column is a share with what it
 * rests on, a count, or days.
 */
export const managerColumns = [
  { word: "leads", kind: "count", of: (row: ManagerFigures) => row.leads },
  { word: "opened", kind: "share", of: (row: ManagerFigures) => row.opened },
  { word: "converted", kind: "share", of: (row: ManagerFigures) => row.converted },
  { word: "offers", kind: "count", of: (row: ManagerFigures) => row.offers },
  { word: "deals", kind: "count", of: (row: ManagerFigures) => row.deals },
  { word: "firstOffer", kind: "days", of: (row: ManagerFigures) => row.firstOffer },
  { word: "agreed", kind: "share", of: (row: ManagerFigures) => row.agreed },
  { word: "fromTop", kind: "share", of: (row: ManagerFigures) => row.fromTop },
  { word: "wronglyRemoved", kind: "count", of: (row: ManagerFigures) => row.wronglyRemoved },
  { word: "wronglyKept", kind: "count", of: (row: ManagerFigures) => row.wronglyKept },
  { word: "filled", kind: "share", of: (row: ManagerFigures) => row.filled },
] as const;

export type ManagerColumn = (typeof managerColumns)[number];
export const sortWords = ["name", ...managerColumns.map(({ word }) => word)] as const;
export type SortWord = (typeof sortWords)[number];

/** What a row is sorted by; null: nothing is known, and it goes to the end whichever way. */
export function sortValue(row: ManagerFigures, word: Exclude<SortWord, "name">): number | null {
  const column = managerColumns.find((one) => one.word === word)!;
  switch (column.kind) {
    case "count":
      return column.of(row);
    case "share":
      return column.of(row).share;
    case "days":
      return column.of(row).medianDays;
  }
}

/** Pure: the rows that a search finds, in order; equals by name. */
export function sortManagers(
  rows: readonly ManagerFigures[],
  { query, by, down }: { query: string; by: SortWord; down: boolean },
  collator: Intl.Collator,
): ManagerFigures[] {
  const wanted = plain(query);
  const byName = (a: ManagerFigures, b: ManagerFigures) => collator.compare(a.name, b.name);
  return rows
    .filter(({ name, managerId }) => plain(name).includes(wanted) || managerId === query.trim())
    .toSorted((a, b) => {
      if (by === "name") return down ? byName(b, a) : byName(a, b);
      const [x, y] = [sortValue(a, by), sortValue(b, by)];
      if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
      return (down ? y - x : x - y) || byName(a, b);
    });
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll("ё", "е");
}
