import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { apiKeys } from "#/db/schema/users.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { TEST_NOW, testCtx } from "../testing/test-ctx.ts";
import { checkApiKey } from "./check-api-key.ts";
import { createApiKey } from "./create-api-key.ts";

const database = useTestDatabase();
const ctx = () => testCtx(database.connection);
const check = (authorization: string) => checkApiKey(ctx(), new Headers({ authorization }));
const make = () => createApiKey(ctx(), { name: "CRM", scopes: ["match"] });

describe("a key", () => {
  test("opens what it was made for, and its use is noted", async () => {
    const { keyId, secret } = await make();
    expect(await check(`Bearer ${secret}`)).toEqual({ kind: "apiKey", keyId, name: "CRM", scopes: ["match"] });
    const [row] = await ctx().db.select().from(apiKeys).where(eq(apiKeys.id, keyId));
    expect(row?.lastUsedAt).toEqual(TEST_NOW);
  });

  test("has 256 random bits, of which the database and the audit log know none but what people are shown", async () => {
    const { keyId, secret } = await make();
    expect(secret).toMatch(/^ostap_[\w-]{43}$/);
    const [row] = await ctx().db.select().from(apiKeys).where(eq(apiKeys.id, keyId));
    const audited = await ctx()
      .db.select()
      .from(auditLog)
      .where(eq(auditLog.subject, `key:${keyId}`));
    expect(row?.prefix).toBe(secret.slice(0, 12));
    expect(audited).toHaveLength(1);
    expect(JSON.stringify([row, audited])).not.toContain(secret.slice(12));
  });

  test("absent, unknown, malformed, expired or revoked is refused in the same words", async () => {
    const [{ keyId: expired, secret: old }, { keyId: revoked, secret: gone }] = [await make(), await make()];
    await ctx().db.update(apiKeys).set({ expiresAt: TEST_NOW }).where(eq(apiKeys.id, expired));
    await ctx().db.update(apiKeys).set({ revokedAt: TEST_NOW }).where(eq(apiKeys.id, revoked));
    const { secret } = await make();
    const refusals = await Promise.all(
      [
        "",
        "Bearer",
        `Basic ${secret}`,
        `Bearer ${secret}x`,
        `Bearer ${"x".repeat(5000)}`,
        `Bearer ${old}`,
        `Bearer ${gone}`,
      ].map((header) => check(header).then(expect.unreachable as () => never, (error) => [error.code, error.message])),
    );
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
    expect(refusals[0]![0]).toBe("unauthenticated");
  });

  test("is made by an administrator alone, with scopes that there are", async () => {
    const owner = testCtx(database.connection, { kind: "user", userId: 1, name: "В", role: "owner", managerId: null });
    await expect(createApiKey(owner, { name: "x", scopes: ["match"] })).rejects.toMatchObject({ code: "forbidden" });
    const wrong = { name: "x", scopes: ["everything"] } as unknown as Parameters<typeof createApiKey>[1];
    await expect(createApiKey(ctx(), wrong)).rejects.toMatchObject({ code: "invalid", place: "scopes.0" });
  });
});
