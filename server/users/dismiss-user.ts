import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { lockUser, refuseSelf, type userInput } from "./find-user.ts";
import { endLinks } from "./invitation-link.ts";
import { keepAnAdmin } from "./keep-an-admin.ts";

/**
 * Shuts a person out from his very next request on: sessions and open links end. Nothing of his is deleted, and he can be
 * restored. Refuses the last administrator and oneself; again is harmless.
 */
export async function dismissUser(ctx: Ctx, { userId }: z.infer<typeof userInput>): Promise<void> {
  authorize(ctx, "user:manage");
  await inTransaction(ctx, async (ctx) => {
    await keepAnAdmin(ctx, userId);
    const user = await lockUser(ctx, userId);
    if (user.disabledAt) return;
    refuseSelf(ctx, userId);
    await ctx.db
      .update(users)
      .set({ disabledAt: ctx.now(), sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, userId));
    await endLinks(ctx, userId);
    await audit(ctx, "user:manage", `user:${userId}`, { dismissed: { email: user.email, role: user.role } });
  });
}
