import { setImmediate as turn } from "node:timers/promises";

/** Long work that pauses after every few rows, so that whoever runs it may let others have a turn. */
export type Slices<Result> = Generator<void, Result, void>;

/** Work between two turns of the event loop. */
const TURN_MS = 10;
/** Rows between two pauses of a loop over many. */
const PAUSE_ROWS = 1024;

/** To the end in one go. */
export function atOnce<Result>(slices: Slices<Result>): Result {
  let step = slices.next();
  while (!step.done) step = slices.next();
  return step.value;
}

/** To the end, giving the event loop its turns. */
export async function inSlices<Result>(slices: Slices<Result>): Promise<Result> {
  let since = performance.now();
  let step = slices.next();
  while (!step.done) {
    if (performance.now() - since >= TURN_MS) {
      await turn();
      since = performance.now();
    }
    step = slices.next();
  }
  return step.value;
}

/** Does it to every row, pausing now and then. */
export function* forEach<Row>(rows: Iterable<Row>, work: (row: Row) => void): Slices<void> {
  let done = 0;
  for (const row of rows) {
    work(row);
    if (++done % PAUSE_ROWS === 0) yield;
  }
}

/** In the order of days; of one day as they came, or as `compare` says. In time linear in the rows of many days. */
export function* byDay<Row>(
  rows: Iterable<Row>,
  dayOf: (row: Row) => number,
  compare?: (a: Row, b: Row) => number,
): Slices<Row[]> {
  const days = new Map<number, Row[]>();
  yield* forEach(rows, (row) => {
    const day = dayOf(row);
    const others = days.get(day);
    if (others) others.push(row);
    else days.set(day, [row]);
  });
  const sorted: Row[] = [];
  yield* forEach(
    [...days.keys()].sort((a, b) => a - b),
    (day) => {
      const of = days.get(day)!;
      if (compare) of.sort(compare);
      for (const row of of) sorted.push(row);
    },
  );
  return sorted;
}
