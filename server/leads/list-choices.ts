import { asc, desc, sql } from "drizzle-orm";
import { districts, leads, managers } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { readSetting } from "../settings/settings.ts";
import { readsAllLeads } from "./reads-lead.ts";

/** Trades and districts are taken from so many of the newest leads: what nobody asks for any more needs no choosing. */
const NEWEST = 5000;

/** What a search of leads can be narrowed to, and what a lead can be asked about. */
export interface LeadChoices {
  districts: string[];
  /** The commonest first. */
  trades: string[];
  /** null: the asker sees no leads but his own and unassigned ones. */
  managers: { managerId: string; name: string; isGone: boolean }[] | null;
  /** Is there any lead at all? */
  anyLead: boolean;
  managersSeeAllLeads: boolean;
}

export async function listChoices(ctx: Ctx): Promise<LeadChoices> {
  authorize(ctx, "lead:read");
  const newest = ctx.db
    .select({ trades: leads.trades, districts: leads.districts })
    .from(leads)
    .orderBy(sql`${leads.createdOn} desc nulls last, ${leads.id} desc nulls last`)
    .limit(NEWEST)
    .as("newest");
  const said = (list: "trades" | "districts") =>
    ctx.db
      .select({ word: sql<string>`word` })
      .from(sql`${newest}, unnest(${newest[list]}) word`)
      .groupBy(sql`word`)
      .orderBy(desc(sql`count(*)`), sql`word`)
      .limit(200);
  const [trades, asked, known, people, [any], managersSeeAllLeads] = await Promise.all([
    said("trades"),
    said("districts"),
    ctx.db.select({ name: districts.name }).from(districts),
    (await readsAllLeads(ctx)) ? readManagers(ctx) : null,
    ctx.db.select({ id: leads.id }).from(leads).limit(1),
    readSetting(ctx, "managersSeeAllLeads"),
  ]);
  const names = new Set([...known.map(({ name }) => name), ...asked.map(({ word }) => word)]);
  return {
    districts: [...names].sort(new Intl.Collator("ru").compare),
    trades: trades.map(({ word }) => word),
    managers: people,
    anyLead: any !== undefined,
    managersSeeAllLeads,
  };
}

async function readManagers(ctx: Ctx): Promise<NonNullable<LeadChoices["managers"]>> {
  const rows = await ctx.db
    .select({ managerId: managers.id, name: managers.name, dismissedOn: managers.dismissedOn })
    .from(managers)
    .orderBy(asc(sql`${managers.name} collate "ru-x-icu"`));
  return rows.map(({ dismissedOn, ...manager }) => ({ ...manager, isGone: dismissedOn !== null }));
}
