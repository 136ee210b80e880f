import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { ofLeadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

/** The documents: at most 3 of 15, 20 %. Their first baseline was half. */
const NEGATIVE_MAX = 0.2;

export interface NegativeDeals {
  /** The first proxy of the design documents: created deals whose premises the model had removed ÷ created deals that it had judged. */
  created: Share;
  /** The second: the same of successful deals, which are won ones and paid leases; a pair counts once. */
  successful: Share;
  /** Of the created and of the successful, those whose lead had no board with the premises on it before. */
  createdWithoutRun: number;
  successfulWithoutRun: number;
}

export interface DealsMarkedNegative extends NegativeDeals {
  /** What the documents ask for, 0..1. */
  max: number;
  /** The same of deals without a board, the model being asked afterwards of days that it had not learned. */
  replayed: Pick<NegativeDeals, "created" | "successful">;
}

/** The share of deals of the days, created and successful, that the model had marked negative. */
export async function dealsMarkedNegative(
  ctx: Ctx,
  scope: z.output<typeof reportScopeInput>,
): Promise<DealsMarkedNegative> {
  authorize(ctx, "report:read");
  const { fromOn, toOn } = spanOf(ctx, scope);
  const within = sql`v.happened_on between ${fromOn}::date and ${toOn}::date and ${ofLeadInScope(sql`v.lead_id`, scope, "lead_ways")}`;
  const both = (basis: "run" | "replay") =>
    sql.join(
      (["created", "successful"] as const).map((what) => {
        const of = sql.identifier(`${what}_${basis}`);
        const removed = sql.identifier(`${what}_${basis}_removed`);
        return sql`${sql.raw(`'${what}'`)}, ${share(sql`${removed}`, sql`${of}`)}`;
      }),
      sql`, `,
    );
  const [row] = await ctx.db.execute<Record<string, unknown> & { figures: DealsMarkedNegative }>(sql`
    with counted as (
      select v.basis, v.kept, true as is_created, false as is_successful from outcome_verdicts v
      where v.kind = 'deal' and ${within}
      union all
      select basis, kept, false, true from (
        select distinct on (v.lead_id, v.premises_id) v.basis, v.kept from outcome_verdicts v
        where (v.kind = 'lease' or v.outcome_id in (select d.id from deals d where d.stage = 'won')) and ${within}
        order by v.lead_id, v.premises_id, v.happened_on, v.kind) as pair
    ), counts as (
      select count(*) filter (where is_created and basis = 'run') as created_run,
        count(*) filter (where is_created and basis = 'run' and not kept) as created_run_removed,
        count(*) filter (where is_created and basis = 'replay') as created_replay,
        count(*) filter (where is_created and basis = 'replay' and not kept) as created_replay_removed,
        count(*) filter (where is_successful and basis = 'run') as successful_run,
        count(*) filter (where is_successful and basis = 'run' and not kept) as successful_run_removed,
        count(*) filter (where is_successful and basis = 'replay') as successful_replay,
        count(*) filter (where is_successful and basis = 'replay' and not kept) as successful_replay_removed,
        count(*) filter (where is_created and basis <> 'run') as created_without_run,
        count(*) filter (where is_successful and basis <> 'run') as successful_without_run
      from counted
    )
    select json_build_object('max', ${NEGATIVE_MAX}::double precision, ${both("run")}, 'createdWithoutRun', created_without_run,
      'successfulWithoutRun', successful_without_run, 'replayed', json_build_object(${both("replay")})) as figures from counts`);
  return row!.figures;
}
