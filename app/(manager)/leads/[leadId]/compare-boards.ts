import type { BoardItem } from "./board-answers.ts";

type Judged = Pick<BoardItem, "premisesId" | "decision" | "rank" | "suitability">;

/** What is kept that was not, and the other way round; the best first. */
export interface BoardChange<Item extends Judged = BoardItem> {
  entered: Item[];
  left: Item[];
}

/** A premises that is on one of the boards alone has neither entered nor left: it was let, or has become free. */
export function compareBoards<Item extends Judged>(before: readonly Item[], after: readonly Item[]): BoardChange<Item> {
  const was = new Map(before.map((item) => [item.premisesId, item.decision]));
  const turned = after.filter(({ premisesId, decision }) => (was.get(premisesId) ?? decision) !== decision);
  return {
    entered: turned.filter(({ decision }) => decision === "keep").sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)),
    left: turned.filter(({ decision }) => decision === "remove").sort((a, b) => b.suitability - a.suitability),
  };
}
