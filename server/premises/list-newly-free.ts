import { z } from "zod";
import type { MarketTimeline } from "#/ml/timeline.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate, pastDate } from "../days.ts";
import { AppError } from "../errors.ts";
import { openMarket } from "../matching/market-timeline.ts";
import { authorize } from "../permissions.ts";
import { type PremisesRow, placesOf, premisesRow } from "./premises-row.ts";

export const listNewlyFreeInput = z.strictObject({
  /** YYYY-MM-DD: what has changed on this day or later; by default since yesterday. */
  since: pastDate.optional(),
});

export interface NewlyFree extends PremisesRow {
  /** It became free, or it was free already and is asked less for. */
  change: "freed" | "cheaper";
  /** The day of the change; of several falls of the rent the last. */
  changedOn: string;
  /** Of a cheaper one: what was asked on the day before `since`. */
  rentBeforeRubMonth: number | null;
}

export interface NewlyFreeList {
  since: string;
  today: string;
  /** Newest first; of one day the freed before the cheaper. */
  premises: NewlyFree[];
  /** The last day on which anything that is still free became free; null where nothing is free. */
  lastFreedOn: string | null;
}

/** The morning list: what is free today and was not, or was dearer, before a day. */
export async function listNewlyFree(ctx: Ctx, input: z.infer<typeof listNewlyFreeInput>): Promise<NewlyFreeList> {
  authorize(ctx, "premises:read");
  const today = dayOfDate(dateInNovosibirsk(ctx.now()));
  const since = input.since === undefined ? today - 1 : dayOfDate(input.since);
  if (since > today)
    throw new AppError(
      "invalid",
      { ru: "Этот день ещё не наступил.", en: "That day has not come yet." },
      { place: "since" },
    );
  const market = await openMarket(ctx);
  const { timeline } = market;
  const before = timeline.freeOn(since - 1);
  const rentBefore = new Map(Array.from(before.premises, (index, at) => [index, before.rentRubMonth[at]!]));
  const free = timeline.freeOn(today);
  const places = placesOf(free);
  const begun = spansBegun(timeline, today);
  const found: NewlyFree[] = [];
  for (const [index, at] of places) {
    const row = () => premisesRow(market, index, free, at);
    const old = rentBefore.get(index) ?? Number.NaN;
    if (free.sinceDay[at]! >= since)
      found.push({
        ...row(),
        change: "freed",
        changedOn: dateOfDay(free.sinceDay[at]!),
        rentBeforeRubMonth: null,
      });
    else if (free.rentRubMonth[at]! < old)
      found.push({
        ...row(),
        change: "cheaper",
        changedOn: dateOfDay(begun.get(timeline.premises[index]!.premisesId) ?? since),
        rentBeforeRubMonth: old,
      });
  }
  found.sort((a, b) => compare(b.changedOn, a.changedOn) || compare(b.change, a.change));
  const lastFreed = free.count === 0 ? null : free.sinceDay.reduce((a, b) => Math.max(a, b));
  return {
    since: dateOfDay(since),
    today: dateOfDay(today),
    premises: found,
    lastFreedOn: lastFreed === null ? null : dateOfDay(lastFreed),
  };
}

/** On which day the span that runs began, by premises: there the rent of today was set. */
function spansBegun({ history }: MarketTimeline, day: number): Map<string, number> {
  const begun = new Map<string, number>();
  for (const { premisesId, fromDay, toDay } of history.vacancies)
    if (fromDay <= day && toDay > day) begun.set(premisesId, Math.max(fromDay, begun.get(premisesId) ?? fromDay));
  return begun;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
