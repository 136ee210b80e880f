import { eq } from "drizzle-orm";
import { z } from "zod";
import { language, theme, userPreferences } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { invariant } from "../errors.ts";
import { authorize } from "../permissions.ts";

/** How a person wants his screens; null: never said, the device's own way holds. */
export interface Preferences {
  language: (typeof language.enumValues)[number] | null;
  theme: (typeof theme.enumValues)[number] | null;
  /** Whether keys without Ctrl do anything. */
  singleKeys: boolean | null;
}

export const savePreferencesInput = z.strictObject({
  language: z.enum(language.enumValues).nullable().optional(),
  theme: z.enum(theme.enumValues).nullable().optional(),
  singleKeys: z.boolean().nullable().optional(),
});

/** What this user has said so far. Asked for with each request of a screen, by key. */
export async function readPreferences(ctx: Pick<Ctx, "db">, userId: number): Promise<Preferences> {
  const [row] = await ctx.db
    .select({
      language: userPreferences.language,
      theme: userPreferences.theme,
      singleKeys: userPreferences.singleKeys,
    })
    .from(userPreferences)
    .where(eq(userPreferences.userId, userId));
  return row ?? { language: null, theme: null, singleKeys: null };
}

/** Keeps what a person has just chosen; what is left out stays as it was, null goes back to the device's own way. */
export async function savePreferences(ctx: Ctx, input: z.infer<typeof savePreferencesInput>): Promise<Preferences> {
  authorize(ctx, "account:keep");
  const { actor } = ctx;
  invariant(actor.kind === "user", "preferences are a person's");
  return inTransaction(ctx, async (ctx) => {
    const updatedAt = ctx.now();
    const [kept] = await ctx.db
      .insert(userPreferences)
      .values({ userId: actor.userId, ...input, updatedAt })
      .onConflictDoUpdate({ target: userPreferences.userId, set: { ...input, updatedAt } })
      .returning();
    await audit(ctx, "account:keep", `user:${actor.userId}`, { preferences: input });
    invariant(kept, "an upsert returns its row");
    return { language: kept.language, theme: kept.theme, singleKeys: kept.singleKeys };
  });
}
