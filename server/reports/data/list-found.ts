import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { dateInNovosibirsk } from "../../days.ts";
import { authorize } from "../../permissions.ts";
import { checkNames, checks } from "./checks.ts";
import type { FoundRow } from "./data-check.ts";

export const listFoundInput = z.strictObject({
  check: z.enum(checkNames),
  limit: z.number().int().min(1).max(100).default(30),
  /** The key of the last row of the page before. */
  cursor: z
    .string()
    .max(700)
    .regex(/^\d{4}-\d\d-\d\d ./)
    .nullish(),
});

export interface FoundPage {
  rows: (FoundRow & { managerName: string | null })[];
  /** null: this was the last page. */
  nextCursor: string | null;
}

/** The rows that a check's number counts, the newest first, with whose the lead is. */
export async function listFound(
  ctx: Ctx,
  { check, limit, cursor }: z.output<typeof listFoundInput>,
): Promise<FoundPage> {
  authorize(ctx, "report:read");
  const { found } = checks.find((one) => one.check === check)!;
  const after = cursor
    ? sql`where (listed_on, listed_id) < (${cursor.slice(0, 10)}::date, ${cursor.slice(11)})`
    : sql``;
  const rows = await ctx.db.execute<FoundPage["rows"][number] & Record<string, unknown>>(sql`
    select page.listed_on || ' ' || page.listed_id as key, "leadId", "premisesId", "dealId", "leaseId", seen, (
      select coalesce(m.name, l.manager_name) from leads l left join managers m on m.id = l.manager_id where l.id = page."leadId"
    ) as "managerName"
    from (
      select * from (${found(dateInNovosibirsk(ctx.now()))}) found ${after}
      order by listed_on desc, listed_id desc limit ${limit + 1}
    ) page order by listed_on desc, listed_id desc`);
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: rows.length > limit ? shown.at(-1)!.key : null };
}
