import { eq } from "drizzle-orm";
import { users } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { AppError, invariant } from "../errors.ts";
import { type Permission, permissionsOf, type Role } from "../permissions.ts";
import { type Preferences, readPreferences } from "./preferences.ts";

export interface Me {
  userId: number;
  name: string;
  email: string;
  role: Role;
  /** The CRM's manager this person is; null for those who are none. */
  managerId: string | null;
  permissions: Permission[];
  preferences: Preferences;
  /** The tour was seen or waved away. */
  tourEnded: boolean;
}

/** Who is signed in and what he may do; refuses whoever is not signed in. */
export async function getMe(ctx: Ctx): Promise<Me> {
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("unauthenticated", { ru: "Сначала войдите.", en: "Sign in first." });
  const [user] = await ctx.db
    .select({ email: users.email, tourEndedAt: users.tourEndedAt })
    .from(users)
    .where(eq(users.id, actor.userId));
  invariant(user, `user ${actor.userId} was read a moment ago`);
  return {
    userId: actor.userId,
    name: actor.name,
    email: user.email,
    role: actor.role,
    managerId: actor.managerId,
    permissions: permissionsOf(actor),
    preferences: await readPreferences(ctx, actor.userId),
    tourEnded: user.tourEndedAt !== null,
  };
}
