import { and, asc, desc, eq, gt, isNull, lte, ne, or, sql } from "drizzle-orm";
import { leads, leases, premises } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import type { PremisesOnDay } from "./premises-on-day.ts";

/** Who rents beside it. */
export interface Neighbour {
  premisesId: string;
  premisesName: string;
  tenant: string | null;
  trades: string[];
  areaSqm: number | null;
  /** YYYY-MM-DD. */
  sinceOn: string;
}

/** The tenants of the same section by leases that ran on the day, the latest of each premises; the longest there first. */
export async function listNeighbours(ctx: Ctx, { premisesId, section, asOf }: PremisesOnDay): Promise<Neighbour[]> {
  if (section === null) return [];
  const running = ctx.db
    .selectDistinctOn([leases.premisesId], {
      premisesId: leases.premisesId,
      premisesName: premises.name,
      tenant: sql<string | null>`coalesce(${leases.tenant}, ${leads.brand})`.as("tenant_name"),
      trades: sql<string[]>`coalesce(${leads.trades}, '{}')`.as("tenant_trades"),
      areaSqm: premises.areaSqm,
      sinceOn: leases.startOn,
    })
    .from(leases)
    .innerJoin(premises, eq(premises.id, leases.premisesId))
    .leftJoin(leads, eq(leads.id, leases.leadId))
    .where(
      and(
        eq(premises.section, section),
        ne(premises.id, premisesId),
        lte(leases.startOn, asOf),
        or(isNull(leases.endOn), gt(leases.endOn, asOf)),
      ),
    )
    .orderBy(leases.premisesId, desc(leases.startOn))
    .as("running");
  return ctx.db.select().from(running).orderBy(asc(running.sinceOn), asc(running.premisesId));
}
