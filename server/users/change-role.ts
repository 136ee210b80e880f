import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { role, users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { dismissedAlready, lockUser, refuseSelf, userInput } from "./find-user.ts";
import { keepAnAdmin } from "./keep-an-admin.ts";

export const changeRoleInput = z.strictObject({ ...userInput.shape, role: z.enum(role.enumValues) });

/** Gives another role; the person's sessions end, so that no open screen shows what is his no more. Nobody changes his own. */
export async function changeRole(ctx: Ctx, { userId, role }: z.infer<typeof changeRoleInput>): Promise<void> {
  authorize(ctx, "user:manage");
  await inTransaction(ctx, async (ctx) => {
    if (role !== "admin") await keepAnAdmin(ctx, userId);
    const user = await lockUser(ctx, userId);
    if (user.disabledAt) throw dismissedAlready();
    if (user.role === role) return;
    refuseSelf(ctx, userId);
    await ctx.db
      .update(users)
      .set({ role, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, userId));
    await audit(ctx, "user:manage", `user:${userId}`, { role: { from: user.role, to: role } });
  });
}
