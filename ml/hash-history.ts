import { createHash } from "node:crypto";
import type { MarketHistory } from "./facts.ts";
import { compare } from "./timeline/order.ts";

/**
 * SHA-256 of what the records say: equal content gives an equal hash, in whatever order its rows and fields come. Two
 * trainings with one hash, seed and set of parameters learnt from the same.
 */
export function hashHistory(history: MarketHistory): string {
  const hash = createHash("sha256").update(`snapshotDay ${history.snapshotDay}\n`);
  const { snapshotDay: _, ...nouns } = history;
  for (const [noun, rows] of Object.entries(nouns).sort(([a], [b]) => compare(a, b))) {
    hash.update(`${noun} ${rows.length}\n`);
    for (const line of rows.map((row) => lineOf(row)).sort(compare)) hash.update(`${line}\n`);
  }
  return hash.digest("hex");
}

/** JSON, but that NaN and Infinity stay apart from null and from the texts "NaN" and "Infinity". */
function lineOf(row: object): string {
  return Object.entries(row)
    .sort(([a], [b]) => compare(a, b))
    .map(([field, value]) => `${field}=${typeof value === "number" ? value : JSON.stringify(value)}`)
    .join(",");
}
