import { sql } from "drizzle-orm";
import { experimentLeads, experiments, leads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import type { Arm } from "./draw-arm.ts";
import { drawLeads } from "./draw-leads.ts";

/**
 * By whom a lead of the CRM is to be judged now: an arm, while an experiment runs and the outcome of the lead still counts in it;
 * null: in none. A lead that may be drawn is drawn here, before anybody sees anything of it.
 */
export async function armOfLead(ctx: Ctx, leadId: string): Promise<Arm | null> {
  const known = await readArm(ctx, leadId);
  if (!known?.mayBeDrawn) return known?.arm ?? null;
  await drawLeads(ctx);
  return (await readArm(ctx, leadId))?.arm ?? null;
}

async function readArm(ctx: Ctx, leadId: string): Promise<{ arm: Arm | null; mayBeDrawn: boolean } | null> {
  const today = dateInNovosibirsk(ctx.now());
  const [row] = await ctx.db.execute<{ arm: Arm | null; mayBeDrawn: boolean }>(sql`
    select case when ${today}::date - l.created_on <= x.outcome_days then e.arm end as arm,
      e.lead_id is null and l.created_on >= x.started_on and l.looked_at is null as "mayBeDrawn"
    from ${experiments} x
    join ${leads} l on l.id = ${leadId}
    left join ${experimentLeads} e on e.experiment_id = x.id and e.lead_id = l.id
    where x.stopped_at is null`);
  return row ?? null;
}

/** Leads that the hand rules judge now, by an experiment that runs; all that might be drawn are drawn before. */
export async function leadsWithoutModel(ctx: Ctx): Promise<ReadonlySet<string>> {
  const [running] = await ctx.db
    .select({ id: experiments.id })
    .from(experiments)
    .where(sql`${experiments.stoppedAt} is null`);
  if (!running) return new Set();
  await drawLeads(ctx);
  const rows = await ctx.db.execute<{ leadId: string }>(sql`
    select e.lead_id as "leadId" from ${experimentLeads} e
    join ${experiments} x on x.id = e.experiment_id
    join ${leads} l on l.id = e.lead_id
    where x.id = ${running.id} and e.arm = 'rules' and ${dateInNovosibirsk(ctx.now())}::date - l.created_on <= x.outcome_days`);
  return new Set(rows.map(({ leadId }) => leadId));
}
