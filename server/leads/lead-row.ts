import { eq, type SQL, sql } from "drizzle-orm";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import type { Actor } from "../context.ts";
import { seesAllLeads } from "../permissions.ts";

/** A lead as the screens show it; an unfilled wish is null or an empty list. */
export interface LeadRow {
  leadId: string;
  /** YYYY-MM-DD. */
  createdOn: string;
  source: string | null;
  managerId: string | null;
  managerName: string | null;
  brand: string | null;
  trades: string[];
  networkSize: (typeof leads.networkSize.enumValues)[number] | null;
  areaFromSqm: number | null;
  areaToSqm: number | null;
  budgetRubMonth: number | null;
  bank: (typeof leads.bank.enumValues)[number] | null;
  districts: string[];
  /** Somebody has opened its board. */
  seen: boolean;
  /** Marks that stand on it, whoever said them. */
  marks: number;
  /** It is the asker's own. */
  mine: boolean;
}

/** What to select for a LeadRow; join `managers` by `leadManager`. */
export const leadColumns = {
  leadId: leads.id,
  createdOn: leads.createdOn,
  source: leads.source,
  managerId: leads.managerId,
  managerName: sql<string | null>`coalesce(${managers.name}, ${leads.managerName})`,
  brand: leads.brand,
  trades: leads.trades,
  networkSize: leads.networkSize,
  areaFromSqm: leads.areaFromSqm,
  areaToSqm: leads.areaToSqm,
  budgetRubMonth: leads.budgetRubMonth,
  bank: leads.bank,
  districts: leads.districts,
  seen: sql<boolean>`${leads.lookedAt} is not null`,
  marks: sql<number>`(select count(*)::int from ${marks} where ${marks.leadId} = ${leads.id}
    and not exists (select from ${markWithdrawals} where ${markWithdrawals.markId} = ${marks.id}))`,
};

export const leadManager: SQL = eq(managers.id, leads.managerId);

/** Marks whether a lead is the asker's own. */
export function asLeadRow(actor: Actor, row: Omit<LeadRow, "mine">): LeadRow {
  const mine = actor.kind === "user" && actor.managerId !== null && actor.managerId === row.managerId;
  return { ...row, mine };
}

/** Pure: may the actor fill in a lead of this manager? A manager asks his own leads alone. */
export function mayAnswerFor(actor: Actor, managerId: string | null): boolean {
  if (seesAllLeads(actor)) return true;
  return actor.kind === "user" && managerId !== null && managerId === actor.managerId;
}

/** Pure: may the actor work on a lead of this manager? A manager on his own and those nobody has. */
export function seesLeadOf(actor: Actor, managerId: string | null): boolean {
  if (seesAllLeads(actor)) return true;
  return actor.kind === "user" && (managerId === null || managerId === actor.managerId);
}
