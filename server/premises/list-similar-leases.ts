import { and, asc, eq, gte, isNotNull, lt, sql } from "drizzle-orm";
import { leases, premises } from "#/db/schema/index.ts";
import { similarity } from "#/ml/timeline/similar-leases.ts";
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

/**
 * The leases whose quartiles a price guide shows, one by one: of the same district, nearest in area first, by the measures of
 * `ml/timeline/similar-leases`; a test holds the two together.
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
        gte(leases.startOn, dateOfDay(Math.ceil(dayOfDate(asOf) - similarity.daysBack))),
        sql`${apart} <= ln(${similarity.areaFactor}::float8)`,
      ),
    )
    .orderBy(asc(apart), asc(leases.startOn), asc(leases.id))
    .limit(similarity.most);
  return rows;
}
