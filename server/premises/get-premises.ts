import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { openMarket } from "../matching/market-timeline.ts";
import { authorize } from "../permissions.ts";
import { noSuchPremises, type premisesOnDayInput } from "./premises-on-day.ts";
import { type PremisesDetail, placesOf, premisesDetail } from "./premises-row.ts";

export interface Premises extends PremisesDetail {
  asOf: string;
  isToday: boolean;
  /** The rent with which the present vacancy began; null where it is unknown or nothing is free. */
  openingRentRubMonth: number | null;
  /** Where it is not free: the last day on which it was. */
  lastFreeOn: string | null;
}

/** One premises and how it stands on a day. The premises are the house's own: whoever may see any sees all. */
export async function getPremises(
  ctx: Ctx,
  { premisesId, asOf }: z.infer<typeof premisesOnDayInput>,
): Promise<Premises> {
  authorize(ctx, "premises:read");
  const today = dateInNovosibirsk(ctx.now());
  const day = dayOfDate(asOf ?? today);
  const market = await openMarket(ctx);
  const index = market.timeline.indexOf(premisesId);
  if (index < 0) throw noSuchPremises(premisesId);
  const free = market.timeline.freeOn(day);
  const at = placesOf(free).get(index);
  const opening = at === undefined ? Number.NaN : free.openingRentRubMonth[at]!;
  const lastFree = at === undefined ? market.timeline.lastFreeDay(index, day, Number.POSITIVE_INFINITY) : Number.NaN;
  return {
    ...premisesDetail(market, index, free, at),
    asOf: asOf ?? today,
    isToday: asOf === undefined || asOf === today,
    openingRentRubMonth: Number.isNaN(opening) ? null : opening,
    lastFreeOn: Number.isNaN(lastFree) ? null : dateOfDay(lastFree),
  };
}
