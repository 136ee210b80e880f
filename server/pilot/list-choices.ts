import { desc, inArray, sql } from "drizzle-orm";
import { leads, models, pilotLeads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { thresholdInForce } from "../models/threshold-in-force.ts";
import { authorize } from "../permissions.ts";

export interface PilotChoices {
  /** Weeks that are over, newest first. */
  weeks: {
    weekOn: string;
    /** Leads that were in no pilot yet. */
    leads: number;
    /** Models for which the week is spent. */
    drawnFor: number[];
  }[];
  /** Active first, then candidates, newest first. */
  models: { modelId: number; status: "candidate" | "active"; asOf: string; threshold: number }[];
}

const WEEKS = 26;
const MODELS = 20;

/** What a pilot can be opened for: weeks with leads that were in none yet, and models. */
export async function listPilotChoices(ctx: Ctx): Promise<PilotChoices> {
  authorize(ctx, "pilot:open");
  const today = dateInNovosibirsk(ctx.now());
  const weeks = await ctx.db.execute<PilotChoices["weeks"][number]>(sql`
    select week::text as "weekOn", count(*)::int as leads,
      array(select model_id from pilots where week_on = week) as "drawnFor"
    from (
      select date_trunc('week', ${leads.createdOn})::date as week from ${leads}
      where ${leads.createdOn} < date_trunc('week', ${today}::date) and ${leads.createdOn} >= ${today}::date - ${7 * WEEKS}::int
        and not exists (select from ${pilotLeads} where ${pilotLeads.leadId} = ${leads.id})
    ) of_week
    group by week order by week desc`);
  const rows = await ctx.db
    .select({ modelId: models.id, status: models.status, asOf: models.asOf })
    .from(models)
    .where(inArray(models.status, ["active", "candidate"]))
    .orderBy(sql`${models.status} = 'active' desc`, desc(models.id))
    .limit(MODELS);
  const choices: PilotChoices["models"] = [];
  for (const { modelId, status, asOf } of rows) {
    const inForce = await thresholdInForce(ctx.db, modelId);
    choices.push({
      modelId,
      asOf,
      status: status === "active" ? "active" : "candidate",
      threshold: inForce!.threshold,
    });
  }
  return { weeks: [...weeks], models: choices };
}
