import { eq } from "drizzle-orm";
import { z } from "zod";
import { managers } from "#/db/schema/managers.ts";
import { role, users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { assertGoodPassword, hashPassword } from "../auth/password.ts";
import { foldEmail } from "../auth/sign-in.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { authorize } from "../permissions.ts";

export const createUserInput = z.strictObject({
  email: z.string().transform(foldEmail).pipe(z.email().max(254)),
  name: z.string().trim().normalize("NFC").min(1).max(120),
  role: z.enum(role.enumValues),
  /** The CRM's manager this person is. */
  managerId: z.string().trim().min(1).max(64).nullish(),
  password: z.string(),
});

/** Makes a person who may sign in. Refuses an address that is taken and a manager the CRM does not know. */
export async function createUser(ctx: Ctx, input: z.input<typeof createUserInput>): Promise<{ userId: number }> {
  authorize(ctx, "user:manage");
  const { password, managerId = null, ...person } = parseInput(createUserInput, input);
  assertGoodPassword(password, person.email);
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (ctx) => {
    if (managerId !== null) {
      const [manager] = await ctx.db.select({ id: managers.id }).from(managers).where(eq(managers.id, managerId));
      if (!manager) throw noSuchManager(managerId);
    }
    const [user] = await ctx.db
      .insert(users)
      .values({ ...person, managerId, passwordHash, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ userId: users.id });
    if (!user) throw taken(person.email);
    await audit(ctx, "user:manage", `user:${user.userId}`, { created: { ...person, managerId } });
    return user;
  });
}

function noSuchManager(managerId: string): AppError {
  return new AppError(
    "invalid",
    {
      ru: `Менеджера ${managerId} нет. Загрузите менеджеров из CRM или проверьте номер.`,
      en: `There is no manager ${managerId}. Import the managers from the CRM, or check the id.`,
    },
    { place: "managerId" },
  );
}

function taken(email: string): AppError {
  return new AppError(
    "conflict",
    { ru: `${email} уже есть. Возьмите другую почту.`, en: `${email} exists already. Use another address.` },
    { place: "email" },
  );
}
