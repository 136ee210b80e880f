import { eq } from "drizzle-orm";
import type { z } from "zod";
import { apiKeys } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { type keyInput, lockKey } from "./find-api-key.ts";

/** Refuses a key from its very next request on, for good. Again is harmless. */
export async function revokeApiKey(ctx: Ctx, { keyId }: z.infer<typeof keyInput>): Promise<void> {
  authorize(ctx, "key:manage");
  await inTransaction(ctx, async (ctx) => {
    const key = await lockKey(ctx, keyId);
    if (key.revokedAt) return;
    await ctx.db.update(apiKeys).set({ revokedAt: ctx.now() }).where(eq(apiKeys.id, keyId));
    await audit(ctx, "key:manage", `key:${keyId}`, { revoked: { name: key.name, prefix: key.prefix } });
  });
}
