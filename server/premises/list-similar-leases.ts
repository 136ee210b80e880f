import { and, asc, eq, gte, isNotNull, lt, sql } from "drizzle-orm";
import { leases, premises } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay, dayOfDate } from "../days.ts";
import type { PremisesOnDay } from "./premises-on-day.ts";

export interface SimilarLease {
  leaseId: string;
  premisesName: string;
  tenant: string | null;
  /** YYYY-MM-DD. */
  startOn: string;
  areaSqm: number;
  rentRubMonth: number;
}

const YEARS_BACK = 3;
const AREA_FACTOR = 1.5;
const SIMILAR_MAX = 200;

/**
 * The leases whose quartiles a price guide shows, one by one: of the same district, begun in the three years before the day,
 * of an area within a factor of 1.5; of more than 200 the nearest in area. The rule is that of `ml/timeline/similar-leases`;
 * a test holds the two together.
 */
export async function listSimilarLeases(ctx: Ctx, { district, areaSqm, asOf }: PremisesOnDay): Promise<SimilarLease[]> {
  if (areaSqm === null) return [];
  const apart = sql`abs(ln(${premises.areaSqm} / ${areaSqm}::float8))`;
  const rows = await ctx.db
    .select({
      leaseId: leases.id,
      premisesName: premises.name,
      tenant: leases.tenant,
      startOn: leases.startOn,
      areaSqm: sql<number>`${premises.areaSqm}`,
      rentRubMonth: sql<number>`${leases.rentRubMonth}`,
    })
    .from(leases)
    .innerJoin(premises, eq(premises.id, leases.premisesId))
    .where(
      and(
        sql`${premises.district} is not distinct from ${district}`,
        isNotNull(leases.rentRubMonth),
        isNotNull(premises.areaSqm),
        lt(leases.startOn, asOf),
        gte(leases.startOn, dateOfDay(Math.ceil(dayOfDate(asOf) - YEARS_BACK * 365.25))),
        sql`${apart} <= ln(${AREA_FACTOR}::float8)`,
      ),
    )
    .orderBy(asc(apart), asc(leases.startOn), asc(leases.id))
    .limit(SIMILAR_MAX);
  return rows;
}
