import { sql } from "drizzle-orm";
import { z } from "zod";
import { wishBits } from "#/db/schema/leads.ts";
import type { Ctx } from "../../context.ts";
import type { LeadField } from "../../leads/read-answer.ts";
import { authorize } from "../../permissions.ts";
import { cameWithin, leadInScope, reportScopeInput, spanOf } from "../report-scope.ts";
import { leadFields } from "./fill-rate.ts";

export const listUnfilledInput = z.strictObject({
  scope: reportScopeInput,
  field: z.enum(leadFields as [LeadField, ...LeadField[]]),
  /** Only leads that nobody has; they have no id to be named by. */
  unassigned: z.boolean().default(false),
  limit: z.number().int().min(1).max(100).default(30),
  cursor: z.strictObject({ createdOn: z.iso.date(), leadId: z.string().max(64) }).nullish(),
});

export interface UnfilledLead {
  leadId: string;
  createdOn: string;
  brand: string | null;
  managerName: string | null;
  /** Wishes that are filled. */
  filled: number;
}

/** The leads that a number of empty wishes counts, the newest first. */
export async function listUnfilled(
  ctx: Ctx,
  { scope, field, unassigned, limit, cursor }: z.output<typeof listUnfilledInput>,
): Promise<{ rows: UnfilledLead[]; nextCursor: { createdOn: string; leadId: string } | null }> {
  authorize(ctx, "report:read");
  const after = cursor ? sql`and (l.created_on, l.id) < (${cursor.createdOn}::date, ${cursor.leadId})` : sql``;
  const rows = await ctx.db.execute<UnfilledLead & Record<string, unknown>>(sql`
    select l.id as "leadId", l.created_on::text as "createdOn", l.brand, coalesce(m.name, l.manager_name) as "managerName",
      bit_count(l.wishes_filled::int::bit(8))::int as filled
    from leads l left join managers m on m.id = l.manager_id
    where ${cameWithin(spanOf(ctx, scope))} and ${leadInScope(scope)}
      and l.wishes_filled & ${sql.raw(String(wishBits[field]))} = 0
      ${unassigned ? sql`and l.manager_id is null` : sql``} ${after}
    order by l.created_on desc nulls last, l.id desc nulls last limit ${limit + 1}`);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1)! : null;
  return { rows: shown, nextCursor: last && { createdOn: last.createdOn, leadId: last.leadId } };
}
