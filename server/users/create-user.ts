import { z } from "zod";
import { role, users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { assertGoodPassword, hashPassword } from "../auth/password.ts";
import { foldEmail } from "../auth/sign-in.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { authorize } from "../permissions.ts";
import { addressTaken } from "./invite-user.ts";
import { managerIdInput, proveManager } from "./prove-manager.ts";

export const createUserInput = z.strictObject({
  email: z.string().transform(foldEmail).pipe(z.email().max(254)),
  name: z.string().trim().normalize("NFC").min(1).max(120),
  role: z.enum(role.enumValues),
  managerId: managerIdInput,
  password: z.string(),
});

/** Makes a person who may sign in. Refuses an address that is taken and a manager the CRM does not know. */
export async function createUser(ctx: Ctx, input: z.input<typeof createUserInput>): Promise<{ userId: number }> {
  authorize(ctx, "user:manage");
  const { password, managerId = null, ...person } = parseInput(createUserInput, input);
  assertGoodPassword(password, person.email);
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (ctx) => {
    await proveManager(ctx, managerId);
    const [user] = await ctx.db
      .insert(users)
      .values({ ...person, managerId, passwordHash, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ userId: users.id });
    if (!user) throw addressTaken(person.email);
    await audit(ctx, "user:manage", `user:${user.userId}`, { created: { ...person, managerId } });
    return user;
  });
}
