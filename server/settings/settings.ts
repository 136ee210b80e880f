import { eq } from "drizzle-orm";
import { z } from "zod";
import { settings } from "#/db/schema/settings.ts";
import type { Ctx } from "../context.ts";
import { startFilters } from "../leads/lead-filters.ts";
import type { Role } from "../permissions.ts";
import { firm, unnamedFirm } from "./firm.ts";

/** Every setting there is: its values, and what holds until an administrator says otherwise. */
export const known = {
  /** Managers may read each other's leads and boards. Marks and answers stay on their own. */
  managersSeeAllLeads: z.boolean().default(false),
  /** The search with which a role begins; null: the newest leads. */
  startViewOfManager: startFilters.nullable().default(null),
  startViewOfOwner: startFilters.nullable().default(null),
  startViewOfAdmin: startFilters.nullable().default(null),
  /** A model goes live only when a person has signed a pilot of it. Off, so that a first model can. */
  pilotRequired: z.boolean().default(false),
  /** Who writes to clients. What was sent keeps the header it was sent with. */
  firm: firm.default(unnamedFirm),
};

export type SettingName = keyof typeof known;
export type Setting<Name extends SettingName> = z.output<(typeof known)[Name]>;

export const startViewOf = {
  manager: "startViewOfManager",
  owner: "startViewOfOwner",
  admin: "startViewOfAdmin",
} as const satisfies Record<Role, SettingName>;

/** A setting as it stands. A value that this version does not understand counts as not set. */
export async function readSetting<Name extends SettingName>(ctx: Ctx, name: Name): Promise<Setting<Name>> {
  const [row] = await ctx.db.select({ value: settings.value }).from(settings).where(eq(settings.name, name));
  return understood(name, row?.value);
}

function understood<Name extends SettingName>(name: Name, value: unknown): Setting<Name> {
  const read = known[name].safeParse(value);
  return (read.success ? read.data : known[name].parse(undefined)) as Setting<Name>;
}
