import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { RIPE_DAYS } from "./conversion-by-month.ts";
import { boardOpened, leadWays } from "./lead-steps.ts";
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
  const days = sql`${RIPE_DAYS}::int`;
  const counted = stages.map((stage, i) => {
    const own = sql.identifier(stage);
    const before = i === 0 ? null : sql.identifier(stages[i - 1]!);
    return sql`json_build_object('stage', ${stage}::text,
      'ofCame', ${share(sql`count(*) filter (where ${own})`, sql`count(*)`)},
      'ofPrevious', ${before === null ? sql`null` : share(sql`count(*) filter (where ${own} and ${before})`, sql`count(*) filter (where ${before})`)})`;
  });
  const [row] = await ctx.db.execute<{ stages: FunnelStage[]; young: number; came: number }>(sql`
    with ${leadWays({
      columns: sql`true as came, ${boardOpened} as opened, l.created_on + ${days} > ${dateInNovosibirsk(ctx.now())}::date as is_young`,
      within: sql`${cameWithin(spanOf(ctx, scope))} and ${leadInScope(scope)}`,
      days,
    })}
    select json_build_array(${sql.join(counted, sql`, `)}) as stages, count(*)::int as came,
      (count(*) filter (where is_young))::int as young
    from ways`);
  const { came, young, stages: told } = row!;
  return { stages: came === 0 ? [] : told, young };
}
