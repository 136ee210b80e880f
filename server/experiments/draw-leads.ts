import { sql } from "drizzle-orm";
import { experimentLeads, experiments, leads, matchRuns } from "#/db/schema/index.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { drawArm } from "./draw-arm.ts";

/** Leads of one INSERT. */
const BATCH = 5000;

/**
 * Draws every lead that came since the start, is in no arm yet and has shown nobody anything: neither its board was opened nor a
 * match asked for. In the order in which they came, until the planned number is reached or the weeks are over. Harmless where
 * nothing runs or nothing is new.
 */
export async function drawLeads(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    // Whoever draws at the same time waits here, and then finds these leads drawn.
    const [running] = await ctx.db
      .select()
      .from(experiments)
      .where(sql`${experiments.stoppedAt} is null`)
      .for("update");
    if (!running) return;
    const { id: experimentId, seed } = running;
    const [drawn] = await ctx.db.execute<{ n: number }>(sql`
      select count(*)::int as n from ${experimentLeads} where ${experimentLeads.experimentId} = ${experimentId}`);
    const left = 2 * running.leadsPerArm - drawn!.n;
    const lastOn = dateOfDay(dayOfDate(running.startedOn) + 7 * running.weeksMax - 1);
    if (left <= 0 || dateInNovosibirsk(ctx.now()) > lastOn) return;
    const fresh = await ctx.db.execute<{ leadId: string; stratum: string; place: number }>(sql`
      select "leadId", stratum, (row_number() over (partition by stratum order by created_on, "leadId") - 1
        + (select count(*) from ${experimentLeads} e where e.experiment_id = ${experimentId} and e.stratum = fresh.stratum))::int as place
      from (
        select l.id as "leadId", coalesce(l.manager_id, '') as stratum, l.created_on from ${leads} l
        where l.created_on between ${running.startedOn}::date and ${lastOn}::date and l.looked_at is null
          and not exists (select from ${experimentLeads} e where e.experiment_id = ${experimentId} and e.lead_id = l.id)
          and not exists (select from ${matchRuns} r where r.lead_id = l.id)
        order by l.created_on, l.id limit ${left}
      ) fresh`);
    const rows = fresh.map((one) => ({
      ...{ ...one, experimentId, arm: drawArm(seed, one.stratum, one.place), drawnAt: ctx.now() },
    }));
    for (let from = 0; from < rows.length; from += BATCH)
      await ctx.db.insert(experimentLeads).values(rows.slice(from, from + BATCH));
  });
}
