import type { Ctx } from "../context.ts";
import { seesAllLeads } from "../permissions.ts";
import { readSetting } from "../settings/settings.ts";
import { seesLeadOf } from "./lead-row.ts";

/** May the actor read every lead? A manager may where an administrator has opened them. */
export async function readsAllLeads(ctx: Ctx): Promise<boolean> {
  if (seesAllLeads(ctx.actor)) return true;
  return ctx.actor.kind === "user" && (await readSetting(ctx, "managersSeeAllLeads"));
}

/** May the actor read a lead of this manager? To mark or to fill in is another question. */
export async function readsLeadOf(ctx: Ctx, managerId: string | null): Promise<boolean> {
  return seesLeadOf(ctx.actor, managerId) || readsAllLeads(ctx);
}
