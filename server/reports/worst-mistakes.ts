import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { marksWithin } from "./marks-within.ts";
import { ofLeadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

const WORST_MAX = 12;

export interface WorstMistake {
  leadId: string;
  brand: string | null;
  trades: string[];
  managerName: string | null;
  premisesId: string;
  premisesName: string;
  district: string | null;
  areaSqm: number | null;
  /** Who says so, the strongest evidence of the pair: it was let, a deal was won or created, a reviewer or the manager called it suitable. */
  source: "lease" | "won" | "deal" | "review" | "mark";
  /** YYYY-MM-DD. */
  happenedOn: string;
  /** The day that the verdict looked from: its board is that of this day. */
  asOf: string;
  /** false: the model was asked afterwards, nobody had seen a board. */
  wasSeen: boolean;
  modelId: number;
  suitability: number;
  threshold: number;
}

/** Removed premises that suited, those farthest below the threshold first: of marks, pilots that were decided, deals and leases of the days. */
export async function worstMistakes(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<WorstMistake[]> {
  authorize(ctx, "report:read");
  const { fromOn, toOn } = spanOf(ctx, scope);
  const rows = await ctx.db.execute<WorstMistake & Record<string, unknown>>(sql`
    with said as (
      select v.lead_id, v.premises_id, case when v.kind = 'lease' then 'lease' when d.stage = 'won' then 'won' else 'deal' end
          as source, v.happened_on, v.as_of, v.basis = 'run' as was_seen, v.model_id, v.suitability, v.threshold
      from outcome_verdicts v left join deals d on v.kind = 'deal' and d.id = v.outcome_id
      where not v.kept and v.happened_on between ${fromOn}::date and ${toOn}::date and (v.kind = 'lease' or d.id is not null)
      union all
      select pl.lead_id, c.premises_id, 'review', (p.ended_at at time zone 'Asia/Novosibirsk')::date, pl.as_of, false,
        p.model_id, c.suitability, p.threshold
      from pilots p join pilot_leads pl on pl.pilot_id = p.id
        join pilot_cases c on c.pilot_id = pl.pilot_id and c.place = pl.place
      where p.status = 'decided' and c.stratum = 'removed' and c.answer = 'suitable'
        and p.week_on + 6 >= ${fromOn}::date and p.week_on <= ${toOn}::date
      union all
      select m.lead_id, m.premises_id, 'mark', (m.created_at at time zone 'Asia/Novosibirsk')::date, m.as_of, true,
        m.model_id, m.suitability, m.threshold
      from ${marksWithin({ fromOn, toOn })} m
      where m.mark = 'wrongly_removed' and m.model_id is not null and m.suitability is not null
    ), strongest as (
      select distinct on (s.lead_id, s.premises_id) s.* from said s
      where ${ofLeadInScope(sql`s.lead_id`, scope)}
      order by s.lead_id, s.premises_id, array_position(array['lease', 'won', 'deal', 'review', 'mark'], s.source), s.happened_on
    ), worst as (
      select * from strongest order by suitability / nullif(threshold, 0), happened_on desc, lead_id, premises_id limit ${WORST_MAX}
    )
    select w.lead_id as "leadId", l.brand, l.trades, g.name as "managerName", w.premises_id as "premisesId",
      p.name as "premisesName", p.district, p.area_sqm as "areaSqm", w.source, w.happened_on::text as "happenedOn",
      w.as_of::text as "asOf", w.was_seen as "wasSeen", w.model_id as "modelId", w.suitability, w.threshold
    from worst w join leads l on l.id = w.lead_id join premises p on p.id = w.premises_id
      left join managers g on g.id = l.manager_id
    order by w.suitability / nullif(w.threshold, 0), w.happened_on desc, w.lead_id, w.premises_id`);
  return [...rows];
}
