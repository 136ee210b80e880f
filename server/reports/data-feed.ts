import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";

export interface DataFeed {
  /** The last import that was no trial and that nobody cancelled; null: there was none. */
  last: {
    importId: number;
    status: "queued" | "running" | "done" | "failed";
    at: Date;
    /** Whole days in Novosibirsk since it began. */
    daysSince: number;
    /** Rows that were not taken ÷ rows of its files. */
    refused: Share;
  } | null;
  /** The day of the newest lead, YYYY-MM-DD; null: there is no lead. */
  newestLeadOn: string | null;
}

/** Does the CRM still reach us? */
export async function dataFeed(ctx: Ctx): Promise<DataFeed> {
  authorize(ctx, "report:read");
  const today = dateInNovosibirsk(ctx.now());
  const [row] = await ctx.db.execute<Record<string, unknown> & DataFeed>(sql`
    select (select max(created_on) from leads)::text as "newestLeadOn", (
      select json_build_object('importId', r.id, 'status', r.status, 'at', r.started_at,
        'daysSince', ${today}::date - (r.started_at at time zone 'Asia/Novosibirsk')::date,
        'refused', (select ${share(sql`coalesce(sum((f->>'refused')::int), 0)`, sql`coalesce(sum((f->>'rows')::int), 0)`)}
          from jsonb_array_elements(r.files) as f))
      from import_runs r where not r.dry_run and r.status <> 'cancelled' order by r.id desc limit 1) as last`);
  const { last, newestLeadOn } = row!;
  return { newestLeadOn, last: last && { ...last, at: new Date(last.at) } };
}
