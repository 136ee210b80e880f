import { type SQL, sql } from "drizzle-orm";
import { experimentLeads, experiments, leads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { decideExperiment, type ExperimentState } from "../experiments/decide-experiment.ts";
import { alphas } from "../experiments/plan-experiment.ts";
import { authorize } from "../permissions.ts";
import { type Difference, differenceOfShares, type Share, share } from "../share.ts";
import { becameTenant, hadDeal } from "./lead-steps.ts";

/** The present rate is that of so many days. */
const RATE_DAYS = 28;

export interface ExperimentArm {
  /** Leads that were drawn into the arm. */
  drawn: number;
  /** Ripe leads of the arm with the outcome within `outcomeDays` of coming ÷ ripe leads of the arm; ripe: had those days while it ran. */
  succeeded: Share;
}

export interface ExperimentResult {
  experimentId: number;
  plan: Pick<
    typeof experiments.$inferSelect,
    "seed" | "outcome" | "baseShare" | "minimalEffect" | "alpha" | "power" | "leadsPerArm" | "weeksMax" | "outcomeDays"
  >;
  startedOn: string;
  /** Last day on which leads are taken in. */
  lastOn: string;
  startedBy: string;
  stopped: { on: string; by: string; reason: string } | null;
  model: ExperimentArm;
  rules: ExperimentArm;
  /** Share of successes with the model − without, Newcombe's interval at the plan's alpha. */
  difference: Difference;
  /** Sample ratio: chi-square of the two sizes against one half each, one degree of freedom, and its p; null: nobody was drawn. */
  chiSquare: number | null;
  fairP: number | null;
  /** Chance that the leads that are ripe would show the planned effect, 0..1; null: none are. */
  powerNow: number | null;
  /** Leads drawn a week since the start, or over the last four weeks if it is older. */
  perWeek: number;
  /** Weeks until the last planned lead has had its days: at that rate, and no longer than the plan allows. */
  weeksLeft: number;
  state: ExperimentState;
}

/** Every comparison there was, the latest first, with what may be said of it today. */
export async function experimentResults(ctx: Ctx): Promise<ExperimentResult[]> {
  authorize(ctx, "report:read");
  const today = sql`${dateInNovosibirsk(ctx.now())}::date`;
  const [model, rules] = [countsOf("model"), countsOf("rules")];
  const rows = await ctx.db.execute<Omit<ExperimentResult, "state"> & Flags & Record<string, unknown>>(sql`
    with plan as (
      select *, started_on + 7 * weeks_max - 1 as last_on, least(${today}, coalesce(stopped_on, ${today})) as counted_on,
        case alpha when 0.01 then ${alphas["0.01"]}::double precision when 0.05 then ${alphas["0.05"]}::double precision
          else ${alphas["0.1"]}::double precision end as z
      from ${experiments}
    ), drawn as (
      select e.experiment_id, e.arm, l.created_on + x.outcome_days as ripe_on, l.created_on + x.outcome_days <= x.counted_on as is_ripe,
        case x.outcome when 'deal' then ${hadDeal(sql`x.outcome_days`)} else ${becameTenant(sql`x.outcome_days`)} end as succeeded,
        (e.drawn_at at time zone 'Asia/Novosibirsk')::date > x.counted_on - ${RATE_DAYS}::int as is_recent
      from plan x join ${experimentLeads} e on e.experiment_id = x.id join ${leads} l on l.id = e.lead_id
    ), counts as (
      select x.id, count(d.arm) as drawn,
        count(*) filter (where d.arm = 'model') as model_drawn, count(*) filter (where d.arm = 'rules') as rules_drawn,
        count(*) filter (where d.arm = 'model' and is_ripe) as model_of, count(*) filter (where d.arm = 'rules' and is_ripe) as rules_of,
        count(*) filter (where d.arm = 'model' and is_ripe and succeeded) as model_hits,
        count(*) filter (where d.arm = 'rules' and is_ripe and succeeded) as rules_hits,
        max(ripe_on) as ripe_on, coalesce(bool_and(is_ripe), false) as all_ripe,
        7.0 * count(*) filter (where is_recent) / least(x.counted_on - x.started_on + 1, ${RATE_DAYS}::int) as per_week
      from plan x left join drawn d on d.experiment_id = x.id
      group by x.id, x.counted_on, x.started_on
    ), told as (
      select *, drawn < 2 * leads_per_arm and counted_on <= last_on as is_drawing,
        pow(model_drawn - rules_drawn, 2)::double precision / nullif(drawn, 0) as chi_square
      from plan join counts using (id)
    )
    select id as "experimentId", started_on::text as "startedOn", last_on::text as "lastOn", started_by as "startedBy",
      json_build_object('seed', seed, 'outcome', outcome, 'baseShare', base_share, 'minimalEffect', minimal_effect,
        'alpha', alpha, 'power', power, 'leadsPerArm', leads_per_arm, 'weeksMax', weeks_max, 'outcomeDays', outcome_days) as plan,
      case when stopped_on is not null
        then json_build_object('on', stopped_on, 'by', stopped_by, 'reason', stop_reason) end as stopped,
      json_build_object('drawn', model_drawn, 'succeeded', ${share(model.hits, model.of)}) as model,
      json_build_object('drawn', rules_drawn, 'succeeded', ${share(rules.hits, rules.of)}) as rules,
      ${differenceOfShares(model, rules, sql`z`)} as difference,
      chi_square as "chiSquare", erfc(sqrt(chi_square / 2)) as "fairP",
      ${powerWith(sql`least(model_of, rules_of)`)} as "powerNow",
      per_week::double precision as "perWeek",
      case when stopped_on is not null then 0
        when is_drawing then ceil(least((2 * leads_per_arm - drawn) / nullif(per_week, 0), (last_on - counted_on + 1) / 7.0)
          + outcome_days / 7.0)
        else ceil(greatest(ripe_on - counted_on, 0) / 7.0) end::int as "weeksLeft",
      is_drawing as "isDrawing", drawn > 0 and not is_drawing and all_ripe as "isComplete"
    from told order by id desc`);
  return rows.map(({ isDrawing, isComplete, ...row }) => ({
    ...row,
    state: decideExperiment({ ...row, isDrawing, isComplete, isStopped: row.stopped !== null }),
  }));
}

interface Flags {
  isDrawing: boolean;
  isComplete: boolean;
}

const countsOf = (arm: "model" | "rules") => ({ hits: sql.raw(`${arm}_hits`), of: sql.raw(`${arm}_of`) });

/** Chance that `n` ripe leads an arm would show the planned effect; the formula of `leadsPerArm` solved for the power. */
function powerWith(n: SQL): SQL {
  const better = sql`(base_share + minimal_effect)`;
  const mean = sql`(base_share + minimal_effect / 2)`;
  const reach = sql`(minimal_effect * sqrt(${n}) - z * sqrt(2 * ${mean} * (1 - ${mean})))
    / sqrt(base_share * (1 - base_share) + ${better} * (1 - ${better}))`;
  return sql`case when ${n} > 0 then erfc(-(${reach}) / sqrt(2)) / 2 end`;
}
