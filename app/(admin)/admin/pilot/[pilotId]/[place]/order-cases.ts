import type { RouterOutputs } from "#/server/trpc/root.ts";

export type PilotLead = RouterOutputs["pilot"]["lead"];
export type PilotCase = PilotLead["cases"][number];
export type PilotAnswer = NonNullable<PilotCase["answer"]>;

export const orders = ["closeness", "area", "rent"] as const;
export type Order = (typeof orders)[number];

/** By what a premises plainly breaks of the wishes; the model has no say in it, so that a group does not tell on it. */
const groups = ["none", "area", "rent", "place", "several"] as const;
export type CaseGroup = (typeof groups)[number];

export function groupOf({ broken }: Pick<PilotCase, "broken">): CaseGroup {
  if (broken.length === 0) return "none";
  return broken.length > 1 ? "several" : (groups.find((group) => group === broken[0]) ?? "several");
}

/** Groups that are not empty, best first, each in the wished order; what is equal or unknown stays in the order of the draw. */
export function orderCases(cases: readonly PilotCase[], order: Order): { group: CaseGroup; cases: PilotCase[] }[] {
  const known = (value: number | null) => value ?? Number.POSITIVE_INFINITY;
  const by: Record<Order, (one: PilotCase) => number> = {
    closeness: ({ closeness }) => -closeness,
    area: ({ areaSqm }) => known(areaSqm),
    rent: ({ rentRubMonth }) => known(rentRubMonth),
  };
  const key = by[order];
  // Of two infinities the difference is NaN, which counts as equal.
  const sorted = cases.toSorted((a, b) => key(a) - key(b) || 0);
  const found = Map.groupBy(sorted, groupOf);
  return groups.flatMap((group) => (found.has(group) ? [{ group, cases: found.get(group)! }] : []));
}
