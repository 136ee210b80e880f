import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { dismissedAlready, lockUser, userInput } from "./find-user.ts";
import { managerIdInput, proveManager } from "./prove-manager.ts";

export const linkManagerInput = z.strictObject({ ...userInput.shape, managerId: managerIdInput });

/** Says which of the CRM's managers this person is: whose leads, marks and taste are his from the next request on. */
export async function linkManager(
  ctx: Ctx,
  { userId, managerId = null }: z.infer<typeof linkManagerInput>,
): Promise<void> {
  authorize(ctx, "user:manage");
  await inTransaction(ctx, async (ctx) => {
    const user = await lockUser(ctx, userId);
    if (user.disabledAt) throw dismissedAlready();
    if (user.managerId === managerId) return;
    await proveManager(ctx, managerId);
    await ctx.db.update(users).set({ managerId }).where(eq(users.id, userId));
    await audit(ctx, "user:manage", `user:${userId}`, { managerId: { from: user.managerId, to: managerId } });
  });
}
