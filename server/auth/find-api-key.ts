import { eq } from "drizzle-orm";
import { z } from "zod";
import { apiKeys } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

export const keyInput = z.strictObject({ keyId: z.number().int().positive().max(2_147_483_647) });

/** The key's row, locked until the transaction ends: two rotations at once must not make two successors. */
export async function lockKey(ctx: Ctx, keyId: number): Promise<typeof apiKeys.$inferSelect> {
  const [key] = await ctx.db.select().from(apiKeys).where(eq(apiKeys.id, keyId)).for("update");
  if (key) return key;
  throw new AppError("not_found", { ru: `Ключа ${keyId} нет.`, en: `There is no key ${keyId}.` });
}
