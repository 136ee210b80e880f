import { eq } from "drizzle-orm";
import { z } from "zod";
import { apiKeys } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { authorize, type Scope } from "../permissions.ts";
import { insertKey } from "./create-api-key.ts";
import { keyInput, lockKey } from "./find-api-key.ts";

export const rotateApiKeyInput = z.strictObject({
  ...keyInput.shape,
  /** So long the old key goes on beside the new one, in hours: time enough to put the new one in. */
  overlapHours: z
    .number()
    .int()
    .min(0)
    .max(30 * 24)
    .default(24),
});

/**
 * A new secret in place of one that may have been seen: same name and scopes, and as long a life as the old key was given. The
 * old key goes on for the overlap, and no longer than it would have. A key is rotated once; after that, rotate its successor.
 */
export async function rotateApiKey(
  ctx: Ctx,
  input: z.input<typeof rotateApiKeyInput>,
): Promise<{ keyId: number; secret: string; oldExpiresAt: Date }> {
  authorize(ctx, "key:manage");
  const { keyId, overlapHours } = parseInput(rotateApiKeyInput, input);
  return inTransaction(ctx, async (ctx) => {
    const now = ctx.now();
    const old = await lockKey(ctx, keyId);
    if (old.revokedAt || old.replacedBy !== null || (old.expiresAt && old.expiresAt <= now)) throw overAlready();
    const life = old.expiresAt && old.expiresAt.getTime() - old.createdAt.getTime();
    const fresh = await insertKey(ctx, {
      name: old.name,
      scopes: old.scopes as Scope[],
      expiresAt: life === null ? null : new Date(now.getTime() + life),
    });
    const overlapEnds = new Date(now.getTime() + overlapHours * 3_600_000);
    const oldExpiresAt = old.expiresAt && old.expiresAt < overlapEnds ? old.expiresAt : overlapEnds;
    await ctx.db.update(apiKeys).set({ expiresAt: oldExpiresAt, replacedBy: fresh.keyId }).where(eq(apiKeys.id, keyId));
    await audit(ctx, "key:manage", `key:${keyId}`, {
      rotated: { by: fresh.keyId, prefix: fresh.prefix, oldExpiresAt },
    });
    return { keyId: fresh.keyId, secret: fresh.secret, oldExpiresAt };
  });
}

function overAlready(): AppError {
  return new AppError("conflict", {
    ru: "Этот ключ уже заменён, отозван или истёк. Возьмите действующий или сделайте новый.",
    en: "This key was rotated or revoked already, or it has expired. Take the one in force, or make a new one.",
  });
}
