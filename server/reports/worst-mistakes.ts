import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { leadInScope, ofLeadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

const WORST_MAX = 12;
/** The strongest evidence first. */
const sources = ["lease", "won", "deal", "review", "mark"] as const;

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
  source: (typeof sources)[number];
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
  const place = (source: (typeof sources)[number]) => sql`${sources.indexOf(source)}::int`;
  const rows = await ctx.db.execute<Omit<WorstMistake, "source"> & { sourcePlace: number }>(sql`
    with said as (
      select v.lead_id, v.premises_id, case when v.kind = 'lease' then ${place("lease")}
          when v.outcome_id in (select d.id from deals d where d.stage = 'won') then ${place("won")} else ${place("deal")} end as source,
        v.happened_on, v.as_of, v.basis = 'run' as was_seen, v.model_id, v.suitability, v.threshold
      from outcome_verdicts v
      where not v.kept and v.happened_on between ${fromOn}::date and ${toOn}::date and ${ofLeadInScope(sql`v.lead_id`, scope, "lead_ways")}
      union all
      select pl.lead_id, c.premises_id, ${place("review")}, (p.ended_at at time zone 'Asia/Novosibirsk')::date, pl.as_of, false,
        p.model_id, c.suitability, p.threshold
      from pilots p join pilot_leads pl on pl.pilot_id = p.id
        join pilot_cases c on c.pilot_id = pl.pilot_id and c.place = pl.place
      where p.status = 'decided' and c.stratum = 'removed' and c.answer = 'suitable'
        and p.week_on + 6 >= ${fromOn}::date and p.week_on <= ${toOn}::date and ${ofLeadInScope(sql`pl.lead_id`, scope)}
      union all
      select l.lead_id, l.premises_id, ${place("mark")}, l.marked_on, l.as_of, true, l.model_id, l.suitability, l.threshold
      from standing_marks l
      where l.mark = 'wrongly_removed' and l.marked_on between ${fromOn}::date and ${toOn}::date and l.model_id is not null
        and l.suitability is not null and ${leadInScope(scope)}
    ), strongest as (
      select distinct on (lead_id, premises_id) * from said order by lead_id, premises_id, source, happened_on
    ), worst as (
      select * from strongest order by suitability / nullif(threshold, 0), happened_on desc, lead_id, premises_id limit ${WORST_MAX}
    )
    select w.lead_id as "leadId", l.brand, l.trades, g.name as "managerName", w.premises_id as "premisesId",
      p.name as "premisesName", p.district, p.area_sqm as "areaSqm", w.source as "sourcePlace", w.happened_on::text as "happenedOn",
      w.as_of::text as "asOf", w.was_seen as "wasSeen", w.model_id as "modelId", w.suitability, w.threshold
    from worst w join leads l on l.id = w.lead_id join premises p on p.id = w.premises_id
      left join managers g on g.id = l.manager_id
    order by w.suitability / nullif(w.threshold, 0), w.happened_on desc, w.lead_id, w.premises_id`);
  return rows.map(({ sourcePlace, ...row }) => ({ ...row, source: sources[sourcePlace]! }));
}
