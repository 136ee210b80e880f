import { eq } from "drizzle-orm";
import type { z } from "zod";
import { users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { lockUser, type userInput } from "./find-user.ts";

/** Lets a dismissed person in again, with the password and role he had. Sessions of before stay ended. */
export async function restoreUser(ctx: Ctx, { userId }: z.infer<typeof userInput>): Promise<void> {
  authorize(ctx, "user:manage");
  await inTransaction(ctx, async (ctx) => {
    const user = await lockUser(ctx, userId);
    if (!user.disabledAt) return;
    await ctx.db.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
    await audit(ctx, "user:manage", `user:${userId}`, { restored: { email: user.email, role: user.role } });
  });
}
