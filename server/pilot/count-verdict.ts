import { sql } from "drizzle-orm";
import type { pilotVerdicts } from "#/db/schema/index.ts";
import { pilotVerdicts as table } from "#/db/schema/index.ts";
import { actorName, type Ctx } from "../context.ts";
import { invariant } from "../errors.ts";
import { wilson } from "../share.ts";

export type PilotVerdict = Omit<typeof pilotVerdicts.$inferSelect, "pilotId">;

/** The design documents: 8 of 10 leads lose nothing; and at most 3 of 15 suitable premises are lost. */
const LOSSLESS_MIN = 0.8;
const LOST_MAX = 0.2;

/**
 * Counts what a pilot came to and keeps it, in one statement; in the transaction that ends the pilot. All that was removed was
 * judged, of what was kept the nearest to the threshold and a sample: those of the sample stand for the rest.
 */
export async function countVerdict(ctx: Ctx, pilotId: string): Promise<PilotVerdict> {
  const [lossless, leads] = [sql`count(*) filter (where lost = 0)`, sql`count(*)`];
  await ctx.db.execute(sql`
    with of_lead as (
      select l.place, l.kept,
        count(*) filter (where c.answer = 'suitable' and c.stratum = 'removed') as lost,
        count(*) filter (where c.answer = 'suitable' and c.stratum = 'near') as near_suitable,
        count(*) filter (where c.answer = 'suitable' and c.stratum = 'sampled') as sampled_suitable,
        count(*) filter (where c.stratum = 'near') as near,
        count(*) filter (where c.stratum = 'sampled') as sampled,
        count(*) filter (where c.answer = 'unsure') as unsure
      from pilot_leads l left join pilot_cases c on c.pilot_id = l.pilot_id and c.place = l.place
      where l.pilot_id = ${pilotId}
      group by l.place, l.kept
    ), estimated as (
      select *, lost + near_suitable
        + coalesce(sampled_suitable * (kept - near)::double precision / nullif(sampled, 0), 0) as suitable
      from of_lead
    )
    insert into pilot_verdicts (pilot_id, leads, lossless, low, high, passed, lost, suitable_estimate, second_passed,
      blind, blind_suitable, unsure, decided_by, decided_at)
    select ${pilotId}, ${leads}, ${lossless}, ${wilson("low", lossless, leads)}, ${wilson("high", lossless, leads)},
      ${lossless} >= ${LOSSLESS_MIN}::numeric * ${leads}, sum(lost), sum(suitable),
      sum(lost) <= ${LOST_MAX}::numeric * sum(suitable)::numeric, sum(near + sampled), sum(near_suitable + sampled_suitable),
      sum(unsure), ${actorName(ctx.actor)}, ${ctx.now().toISOString()}::timestamptz
    from estimated`);
  const [row] = await ctx.db.select().from(table).where(sql`${table.pilotId} = ${pilotId}`);
  invariant(row, "a verdict that was counted is there");
  const { pilotId: _, ...verdict } = row;
  return verdict;
}
