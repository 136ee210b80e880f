import { sql } from "drizzle-orm";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";

/** So long every run stands: boards that are open, tastes that are measured, days that are looked at for outliers in detail. */
const ALL_DAYS = 30;
/** So long the last answer of a day stands: what a deal of today was told of a premises, and the figures of past weeks. */
const LAST_DAYS = 730;
/** Of a shadow that is over, its rows stand so long. */
const SHADOW_DAYS = 90;
/** Deleted in one statement. */
const BATCH = 2000;

export interface Forgotten {
  runs: number;
  shadowRuns: number;
}

/**
 * Forgets runs that nobody will ask for: each holds a number for every free premises. After 30 days, of a lead, manager, model and
 * day the last one stays; looks into the past and leads that the CRM never sent go; after two years all go. A run that a mark or
 * a proposal names stays for good. Rows of a shadow go 90 days after its end. Running it again does no harm.
 */
export async function forgetRuns(ctx: Ctx): Promise<Forgotten> {
  authorize(ctx, "run:forget");
  const before = (days: number) => new Date(ctx.now().getTime() - days * 86_400_000).toISOString();
  return inTransaction(ctx, async (ctx) => {
    const runs = await untilNone(ctx, unnamedRuns(before(ALL_DAYS), before(LAST_DAYS)));
    const shadowRuns = await untilNone(
      ctx,
      sql`delete from shadow_runs where id in (
        select r.id from shadow_runs r join shadows s on s.id = r.shadow_id
        where s.ended_at < ${before(SHADOW_DAYS)} limit ${BATCH})`,
    );
    if (runs + shadowRuns > 0) await audit(ctx, "run:forget", "match_runs", { runs, shadowRuns });
    return { runs, shadowRuns };
  });
}

const dayOf = (run: "r" | "later") => sql.raw(`(${run}.created_at at time zone 'Asia/Novosibirsk')::date`);

function unnamedRuns(allFrom: string, lastFrom: string) {
  return sql`delete from match_runs where id in (
    select r.id from match_runs r
    where r.created_at < ${allFrom}
      and not exists (select from marks m where m.run_id = r.id)
      and not exists (select from proposal_picks p where p.run_id = r.id)
      and not exists (select from proposal_offers o where o.run_id = r.id)
      and (r.created_at < ${lastFrom} or r.lead_id is null or r.as_of <> ${dayOf("r")}
        or exists (select from match_runs later
          where later.lead_id = r.lead_id and (later.created_at, later.id) > (r.created_at, r.id)
            and later.created_at < r.created_at + interval '1 day' and ${dayOf("later")} = ${dayOf("r")}
            and later.as_of = r.as_of and later.manager_id is not distinct from r.manager_id
            and later.model_id is not distinct from r.model_id))
    limit ${BATCH})`;
}

/** Runs a deletion of a batch until it finds nothing; how many went in all. */
async function untilNone(ctx: Ctx, deletion: ReturnType<typeof unnamedRuns>): Promise<number> {
  for (let gone = 0; ; ) {
    const { count } = await ctx.db.execute(deletion);
    if (count === 0) return gone;
    gone += count;
  }
}
