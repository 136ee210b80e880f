import { auditLog } from "#/db/schema/index.ts";
import { actorName, type Ctx } from "./context.ts";
import type { Permission } from "./permissions.ts";

/** Writes who did what; call it with the ctx of the deed's own transaction. */
export async function audit(
  ctx: Ctx,
  action: Permission | "session:open" | "session:refuse",
  subject: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await ctx.db.insert(auditLog).values({ actor: actorName(ctx.actor), action, subject, detail, at: ctx.now() });
}
