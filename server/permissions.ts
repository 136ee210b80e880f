import type { Actor } from "./context.ts";
import { AppError } from "./errors.ts";

export type Role = "manager" | "owner" | "admin";
export type Scope = "match" | "marks";

/** Each deed and who may do it. The screens ask the same table, so that a button and its guard cannot disagree. */
const allowed = {
  "lead:read": { roles: ["manager", "owner", "admin"], scopes: ["match"] },
  "premises:read": { roles: ["manager", "owner", "admin"], scopes: ["match"] },
  "match:run": { roles: ["manager", "owner", "admin"], scopes: ["match"] },
  "mark:create": { roles: ["manager", "admin"], scopes: ["marks"] },
  "mark:withdraw": { roles: ["manager", "admin"], scopes: ["marks"] },
  "mark:review": { roles: ["owner", "admin"], scopes: [] },
  "account:keep": { roles: ["manager", "owner", "admin"], scopes: [] },
  "answer:give": { roles: ["manager", "admin"], scopes: [] },
  "answer:withdraw": { roles: ["manager", "admin"], scopes: [] },
  "view:save": { roles: ["manager", "owner", "admin"], scopes: [] },
  "setting:change": { roles: ["admin"], scopes: [] },
  "proposal:read": { roles: ["manager", "owner", "admin"], scopes: [] },
  "proposal:write": { roles: ["manager", "admin"], scopes: [] },
  "proposal:send": { roles: ["manager", "admin"], scopes: [] },
  "proposal:share": { roles: ["manager", "admin"], scopes: [] },
  "proposal:withdraw": { roles: ["manager", "admin"], scopes: [] },
  "import:run": { roles: ["admin"], scopes: [] },
  "demo:load": { roles: ["admin"], scopes: [] },
  "import:read": { roles: ["owner", "admin"], scopes: [] },
  "model:read": { roles: ["owner", "admin"], scopes: [] },
  "dataset:export": { roles: ["admin"], scopes: [] },
  "model:train": { roles: ["admin"], scopes: [] },
  /** The house itself, by its schedule. */
  "run:forget": { roles: [], scopes: [] },
  "model:promote": { roles: ["admin"], scopes: [] },
  "model:shadow": { roles: ["admin"], scopes: [] },
  "model:calibrate": { roles: ["owner", "admin"], scopes: [] },
  "pilot:read": { roles: ["owner", "admin"], scopes: [] },
  "pilot:open": { roles: ["owner", "admin"], scopes: [] },
  "pilot:review": { roles: ["owner", "admin"], scopes: [] },
  "pilot:decide": { roles: ["owner", "admin"], scopes: [] },
  "quality:watch": { roles: ["admin"], scopes: [] },
  "report:read": { roles: ["owner", "admin"], scopes: [] },
  "experiment:run": { roles: ["owner", "admin"], scopes: [] },
  "filling:measure": { roles: ["owner", "admin"], scopes: [] },
  "user:manage": { roles: ["admin"], scopes: [] },
  "key:manage": { roles: ["admin"], scopes: [] },
  "audit:read": { roles: ["owner", "admin"], scopes: [] },
  "audit:check": { roles: ["owner", "admin"], scopes: [] },
  "health:read": { roles: ["owner", "admin"], scopes: [] },
  "backup:take": { roles: ["admin"], scopes: [] },
} as const satisfies Record<string, { roles: readonly Role[]; scopes: readonly Scope[] }>;

export type Permission = keyof typeof allowed;

/** Pure: may this actor do this deed at all? What he may do it to is the verb's own question. */
export function may(actor: Actor, permission: Permission): boolean {
  const rule: { roles: readonly Role[]; scopes: readonly Scope[] } = allowed[permission];
  switch (actor.kind) {
    case "system":
      return true;
    case "user":
      return rule.roles.includes(actor.role);
    case "apiKey":
      return rule.scopes.some((scope) => actor.scopes.includes(scope));
    case "anonymous":
      return false;
  }
}

/** Pure: every deed that this actor may do, for screens that hide what is not his. */
export function permissionsOf(actor: Actor): Permission[] {
  return (Object.keys(allowed) as Permission[]).filter((permission) => may(actor, permission));
}

/** First line of a verb: refuses whoever may not. */
export function authorize(ctx: { actor: Actor }, permission: Permission): void {
  if (may(ctx.actor, permission)) return;
  if (ctx.actor.kind === "anonymous")
    throw new AppError("unauthenticated", { ru: "Сначала войдите.", en: "Sign in first." });
  throw new AppError("forbidden", {
    ru: `Нужно право «${permission}», у вас его нет. Попросите администратора.`,
    en: `This needs the right "${permission}", which you do not have. Ask an administrator.`,
  });
}

/** May this actor see all leads, or only his own and those nobody has? */
export function seesAllLeads(actor: Actor): boolean {
  return actor.kind !== "anonymous" && !(actor.kind === "user" && actor.role === "manager");
}
