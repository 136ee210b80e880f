/** One swap of the active alias. */
export interface Swap {
  kind: "promote" | "rollback";
  toModelId: number;
}

/**
 * Which models were active below the one that is active now, nearest first: each promotion laid a model on top, each
 * rollback took one off. Rolling back twice therefore goes back two promotions and not to and fro.
 */
export function previouslyActive(swapsInOrder: readonly Swap[]): number[] {
  const stack: number[] = [];
  for (const swap of swapsInOrder) {
    if (swap.kind === "promote") stack.push(swap.toModelId);
    else stack.pop();
  }
  return stack.slice(0, -1).reverse();
}
