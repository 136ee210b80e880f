import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { RIPE_DAYS } from "./conversion-by-month.ts";
import { boardOpened, madeWithin } from "./lead-steps.ts";
import { cameWithin, leadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

/** In the order in which a lead goes; a lead may skip one: a lease without a recorded deal, an offer without an opened board. */
const stages = ["came", "opened", "offered", "dealt", "won", "leased"] as const;
export type Stage = (typeof stages)[number];

export interface FunnelStage {
  stage: Stage;
  /** Leads that reached the stage ÷ all leads that came. Each but the opened board within `RIPE_DAYS` of the day they came. */
  ofCame: Share;
  /** Leads that reached both this stage and the one before ÷ leads that reached the one before; null: there is none before. */
  ofPrevious: Share | null;
}

export interface StageFunnel {
  /** Empty: no lead came. */
  stages: FunnelStage[];
  /** Leads that came less than `RIPE_DAYS` ago: their steps may still follow. */
  young: number;
}

/** How far the leads of a span came. */
export async function funnelByStage(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<StageFunnel> {
  authorize(ctx, "report:read");
  const within = sql`${cameWithin(spanOf(ctx, scope))} and ${leadInScope(scope)}`;
  const days = sql`${RIPE_DAYS}::int`;
  const reached = {
    offered: madeWithin("offer", days),
    dealt: madeWithin("deal", days),
    won: madeWithin("won", days),
    leased: madeWithin("lease", days),
  };
  // Each stage, and with `_after` those of it that reached the one before.
  const counts = sql.join(
    Object.entries(reached).map(([stage, has], i) => {
      const before = i === 0 ? boardOpened : Object.values(reached)[i - 1]!;
      return sql`count(*) filter (where ${has}) as ${sql.identifier(stage)},
        count(*) filter (where ${has} and ${before}) as ${sql.identifier(`${stage}_after`)}`;
    }),
    sql`, `,
  );
  const told = stages.map((stage, i) => {
    const [own, before] = [sql.identifier(stage), i === 0 ? null : sql.identifier(stages[i - 1]!)];
    return sql`json_build_object('stage', ${stage}::text, 'ofCame', ${share(sql`${own}`, sql`came`)},
      'ofPrevious', ${before === null ? sql`null` : share(sql`${sql.identifier(`${stage}_after`)}`, sql`${before}`)})`;
  });
  const [row] = await ctx.db.execute<{ stages: FunnelStage[]; young: number; came: number }>(sql`
    with arrived as (
      select count(*) as came, count(*) filter (where ${boardOpened}) as opened,
        count(*) filter (where ${boardOpened}) as opened_after,
        count(*) filter (where l.created_on + ${days} > ${dateInNovosibirsk(ctx.now())}::date) as young
      from leads l where ${within}
    ), gone as (
      select ${counts} from lead_ways l where ${within}
    )
    select json_build_array(${sql.join(told, sql`, `)}) as stages, came::int, young::int from arrived, gone`);
  const { came, young, stages: all } = row!;
  return { stages: came === 0 ? [] : all, young };
}
