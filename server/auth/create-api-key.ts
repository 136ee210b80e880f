import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { apiKeys } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { invariant } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { authorize, type Scope } from "../permissions.ts";

const scopes = ["match", "marks"] as const satisfies readonly Scope[];

export const createApiKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  /** From then on the key is refused; without it the key lasts until it is revoked. */
  expiresAt: z.date().nullish(),
});

/** Makes a key for another system. The secret is in this answer and nowhere else: only its SHA-256 is kept. */
export async function createApiKey(
  ctx: Ctx,
  input: z.input<typeof createApiKeyInput>,
): Promise<{ keyId: number; secret: string }> {
  authorize(ctx, "key:manage");
  const { name, scopes, expiresAt = null } = parseInput(createApiKeyInput, input);
  return inTransaction(ctx, async (ctx) => {
    const { prefix, ...made } = await insertKey(ctx, { name, scopes: [...new Set(scopes)], expiresAt });
    await audit(ctx, "key:manage", `key:${made.keyId}`, { created: { name, prefix, scopes, expiresAt } });
    return made;
  });
}

/** The row of a new key, with its secret: part of the deed's own transaction. */
export async function insertKey(
  ctx: Ctx,
  key: { name: string; scopes: Scope[]; expiresAt: Date | null },
): Promise<{ keyId: number; secret: string; prefix: string }> {
  const secret = `ostap_${randomBytes(32).toString("base64url")}`;
  const prefix = secret.slice(0, 12);
  const [row] = await ctx.db
    .insert(apiKeys)
    .values({ ...key, prefix, secretSha256: sha256(secret), createdAt: ctx.now() })
    .returning({ keyId: apiKeys.id });
  invariant(row, "an insert returns its row");
  return { ...row, secret, prefix };
}

/** How a key's secret is kept. It is 256 random bits, so a plain fast hash cannot be guessed back. */
export function sha256(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
