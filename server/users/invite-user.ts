import { z } from "zod";
import { role, users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { foldEmail } from "../auth/sign-in.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { authorize } from "../permissions.ts";
import { type InvitationLink, makeLink, validHoursInput } from "./invitation-link.ts";
import { managerIdInput, proveManager } from "./prove-manager.ts";

export const inviteUserInput = z.strictObject({
  email: z.string().transform(foldEmail).pipe(z.email().max(254)),
  name: z.string().trim().normalize("NFC").min(1).max(120),
  role: z.enum(role.enumValues),
  managerId: managerIdInput,
  validHours: validHoursInput,
});

/** Makes a person who can sign in as soon as he has set a password by the link in this answer; nobody else ever knows it. */
export async function inviteUser(
  ctx: Ctx,
  input: z.input<typeof inviteUserInput>,
): Promise<InvitationLink & { userId: number }> {
  authorize(ctx, "user:manage");
  const { managerId = null, validHours, ...person } = parseInput(inviteUserInput, input);
  return inTransaction(ctx, async (ctx) => {
    await proveManager(ctx, managerId);
    const [user] = await ctx.db
      .insert(users)
      .values({ ...person, managerId, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ userId: users.id });
    if (!user) throw addressTaken(person.email);
    const link = await makeLink(ctx, user.userId, validHours);
    await audit(ctx, "user:manage", `user:${user.userId}`, {
      invited: { ...person, managerId, expiresAt: link.expiresAt },
    });
    return { ...user, ...link };
  });
}

export function addressTaken(email: string): AppError {
  return new AppError(
    "conflict",
    { ru: `${email} уже есть. Возьмите другую почту.`, en: `${email} exists already. Use another address.` },
    { place: "email" },
  );
}
