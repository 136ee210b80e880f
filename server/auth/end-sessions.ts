import { eq, sql } from "drizzle-orm";
import { users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { invariant } from "../errors.ts";
import { authorize } from "../permissions.ts";

/** Signs out everywhere: every session of this person ends, that of this screen with them. */
export async function endSessions(ctx: Ctx): Promise<void> {
  authorize(ctx, "account:keep");
  const { actor } = ctx;
  invariant(actor.kind === "user", "sessions are a person's");
  await inTransaction(ctx, async (ctx) => {
    await ctx.db
      .update(users)
      .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, actor.userId));
    await audit(ctx, "account:keep", `user:${actor.userId}`, { sessions: "ended" });
  });
}
