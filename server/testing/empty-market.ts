import type { Ctx } from "../context.ts";

/** Whatever an import fills, with the answers that lie over it, and imports themselves; those who are named last. `truncate` would reach into what is never emptied. */
const tables = [
  "import_runs",
  "import_uploads",
  "import_mappings",
  "lead_answer_ends",
  "lead_answers",
  "free_snapshots",
  "vacancies",
  "deals",
  "leases",
  "leads",
  "premises",
  "districts",
  "managers",
];

/** Empties the market between two tests. */
export async function emptyMarket(ctx: Ctx): Promise<void> {
  await ctx.sql.unsafe(tables.map((table) => `delete from ${table}`).join("; "));
}
