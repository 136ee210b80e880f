import type { RouterOutputs } from "#/server/trpc/root.ts";
import type { LeadCard } from "../use-wish-words.ts";

type Me = RouterOutputs["me"]["get"];

/** One writes to one's own leads and to those nobody has; an administrator to all. */
export function mayPropose(me: Me, lead: LeadCard): boolean {
  if (!me.permissions.includes("proposal:write")) return false;
  return me.role !== "manager" || (me.managerId !== null && (lead.mine || lead.managerId === null));
}

/** A manager marks in his own name, an administrator in that of the lead's manager: without a name nobody can. */
export function mayMark(me: Me, lead: LeadCard): boolean {
  if (!me.permissions.includes("mark:create")) return false;
  // Another's lead may be open for reading; to mark it stays his.
  if (me.role === "manager") return me.managerId !== null && (lead.mine || lead.managerId === null);
  return lead.managerId !== null;
}
