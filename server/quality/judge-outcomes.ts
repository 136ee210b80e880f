import { and, eq, sql } from "drizzle-orm";
import { outcomeVerdicts } from "#/db/schema/quality.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { getLead } from "../leads/get-lead.ts";
import { leadFacts } from "../matching/facts-from-rows.ts";
import { openMarket } from "../matching/market-timeline.ts";
import { activeModel } from "../models/active-model.ts";
import { authorize } from "../permissions.ts";

/** Outcomes of one statement: enough for a year of deals in a few, little enough to be cancelled between them. */
const BATCH = 5000;
/** Outcomes that the model is asked of afterwards in one run of the job, the latest first. */
const REPLAYS_MAX = 2000;

/**
 * Notes of every deal and lease whose day is over what the model had said of its premises: on the last board of the lead up to
 * the end of that day. Boards of past days do not count: they were asked for with that day known. Where the lead had no board
 * with the premises on it, the active model is asked afterwards, but only of days that it did not learn from; else nothing is
 * known, and nothing is guessed. What it noted of a record that is gone, or no longer names a lead and a premises, it forgets.
 * Running it again changes nothing.
 */
export async function judgeOutcomes(ctx: Ctx): Promise<{ judged: number; replayed: number }> {
  authorize(ctx, "quality:watch");
  await forgetUnnamed(ctx);
  let judged = 0;
  for (;;) {
    const batch = await judgeByRuns(ctx);
    judged += batch;
    if (batch < BATCH) break;
  }
  return { judged, replayed: await replay(ctx) };
}

async function forgetUnnamed(ctx: Ctx): Promise<void> {
  await ctx.db.execute(sql`
    delete from outcome_verdicts v where case v.kind
      when 'deal' then not exists (
        select from deals d where d.id = v.outcome_id and d.lead_id is not null and d.premises_id is not null)
      else not exists (select from leases s where s.id = v.outcome_id and s.lead_id is not null) end`);
}

async function judgeByRuns(ctx: Ctx): Promise<number> {
  const today = dateInNovosibirsk(ctx.now());
  const now = ctx.now().toISOString();
  const rows = await ctx.db.execute(sql`
    with outcomes as (
      select 'deal'::outcome_kind as kind, id as outcome_id, lead_id, premises_id, created_on as happened_on from deals
      where lead_id is not null and premises_id is not null
      union all
      select 'lease', id, lead_id, premises_id, start_on from leases where lead_id is not null
    ), fresh as (
      select o.* from outcomes o
        join leads l on l.id = o.lead_id
        join premises p on p.id = o.premises_id
        left join outcome_verdicts v on v.kind = o.kind and v.outcome_id = o.outcome_id
      where o.happened_on < ${today}::date and (v.outcome_id is null
        or (v.lead_id, v.premises_id, v.happened_on) is distinct from (o.lead_id, o.premises_id, o.happened_on))
      order by o.kind, o.outcome_id limit ${BATCH}
    )
    insert into outcome_verdicts (kind, outcome_id, lead_id, premises_id, happened_on, basis, run_id, model_id, as_of,
      suitability, probability, threshold, kept, judged_at)
    select f.kind, f.outcome_id, f.lead_id, f.premises_id, f.happened_on,
      case when r.run_id is null then 'none' else 'run' end::outcome_basis,
      r.run_id, r.model_id, r.as_of, r.suitability, r.probability, r.threshold, r.kept, ${now}::timestamptz
    from fresh f left join lateral (
      select m.id as run_id, m.model_id, m.as_of, m.threshold, m.suitabilities[place] as suitability,
        m.probabilities[place] as probability, m.kept[place] as kept
      from match_runs m, array_position(m.premises_ids, f.premises_id) as place
      where m.lead_id = f.lead_id and m.model_id is not null
        and m.created_at < (f.happened_on + 1)::timestamp at time zone 'Asia/Novosibirsk'
        and m.as_of = (m.created_at at time zone 'Asia/Novosibirsk')::date and place is not null
      order by m.created_at desc limit 1
    ) r on true
    on conflict (kind, outcome_id) do update set lead_id = excluded.lead_id, premises_id = excluded.premises_id,
      happened_on = excluded.happened_on, basis = excluded.basis, run_id = excluded.run_id, model_id = excluded.model_id,
      as_of = excluded.as_of, suitability = excluded.suitability, probability = excluded.probability,
      threshold = excluded.threshold, kept = excluded.kept, judged_at = excluded.judged_at
    returning 1`);
  return rows.length;
}

/** Asks the active model of outcomes that no board had: what it would have said on that day, which is after all that it knows. */
async function replay(ctx: Ctx): Promise<number> {
  const active = await activeModel(ctx);
  if (!active) return 0;
  const waiting = await ctx.db
    .select()
    .from(outcomeVerdicts)
    .where(and(eq(outcomeVerdicts.basis, "none"), sql`${outcomeVerdicts.happenedOn} > ${active.asOf}`))
    .orderBy(sql`${outcomeVerdicts.happenedOn} desc`)
    .limit(REPLAYS_MAX);
  if (waiting.length === 0) return 0;
  const { timeline } = await openMarket(ctx);
  let replayed = 0;
  for (const { kind, outcomeId, leadId, premisesId, happenedOn } of waiting) {
    const row = await getLead(ctx, { leadId }, happenedOn);
    const lead = leadFacts(leadId, dayOfDate(row.createdOn), row);
    // Who moves in on a day ends the vacancy on that very day: the eve still knew it as free.
    for (const asOfDay of [dayOfDate(happenedOn), dayOfDate(happenedOn) - 1]) {
      if (dateOfDay(asOfDay) <= active.asOf) continue;
      const request = { lead, managerId: row.managerId, asOfDay, taste: null };
      const score = await active.model.scorePair(timeline, request, premisesId);
      if (!score) continue;
      await ctx.db
        .update(outcomeVerdicts)
        .set({
          basis: "replay",
          modelId: active.modelId,
          asOf: dateOfDay(asOfDay),
          suitability: score.suitability,
          probability: score.probability,
          threshold: active.model.threshold,
          kept: score.verdict === "keep",
          judgedAt: ctx.now(),
        })
        .where(and(eq(outcomeVerdicts.kind, kind), eq(outcomeVerdicts.outcomeId, outcomeId)));
      replayed++;
      break;
    }
  }
  return replayed;
}
