import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { apiKeys } from "#/db/schema/users.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { TEST_NOW, testCtx } from "../testing/test-ctx.ts";
import { checkApiKey } from "./check-api-key.ts";
import { createApiKey } from "./create-api-key.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { rotateApiKey } from "./rotate-api-key.ts";

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

describe("a rotation", () => {
  const at = (hours: number) => new Date(TEST_NOW.getTime() + hours * 3_600_000);
  const then = (hours: number) => testCtx(database.connection, undefined, { now: () => at(hours) });
  const opens = (secret: string, hours: number) =>
    checkApiKey(then(hours), new Headers({ authorization: `Bearer ${secret}` })).then(
      ({ kind }) => kind,
      (error) => error.code,
    );

  test("gives a new secret, and the old one goes on for the overlap alone", async () => {
    const old = await createApiKey(ctx(), { name: "CRM", scopes: ["marks"], expiresAt: at(1000) });
    const fresh = await rotateApiKey(then(100), { keyId: old.keyId, overlapHours: 24 });
    expect(fresh.oldExpiresAt).toEqual(at(124));
    expect(await opens(old.secret, 123.9)).toBe("apiKey");
    expect(await opens(old.secret, 124)).toBe("unauthenticated");
    expect(await opens(fresh.secret, 1099)).toBe("apiKey");
    expect(await opens(fresh.secret, 1100)).toBe("unauthenticated");
    const keys = await listApiKeys(then(101));
    expect(keys.find(({ keyId }) => keyId === old.keyId)).toMatchObject({ state: "leaving", replacedBy: fresh.keyId });
    expect(keys.find(({ keyId }) => keyId === fresh.keyId)).toMatchObject({ state: "active", scopes: ["marks"] });
    expect(JSON.stringify(keys)).not.toContain(fresh.secret.slice(12));
  });

  test("of a key near its end does not lengthen it; without overlap the old one ends at once", async () => {
    const near = await createApiKey(ctx(), { name: "CRM", scopes: ["match"], expiresAt: at(2) });
    expect((await rotateApiKey(ctx(), { keyId: near.keyId, overlapHours: 24 })).oldExpiresAt).toEqual(at(2));
    const seen = await make();
    await rotateApiKey(ctx(), { keyId: seen.keyId, overlapHours: 0 });
    expect(await opens(seen.secret, 0)).toBe("unauthenticated");
  });

  test("twice at once makes one successor", async () => {
    const { keyId } = await make();
    const tries = await Promise.allSettled([1, 2, 3].map(() => rotateApiKey(ctx(), { keyId })));
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  });
});

test("a revoked key is refused from its next request on, and stays in the list", async () => {
  const { keyId, secret } = await make();
  await revokeApiKey(ctx(), { keyId });
  await revokeApiKey(ctx(), { keyId });
  await expect(check(`Bearer ${secret}`)).rejects.toMatchObject({ code: "unauthenticated" });
  expect((await listApiKeys(ctx())).find((key) => key.keyId === keyId)).toMatchObject({ state: "revoked" });
  const lines = await ctx().db.$count(auditLog, eq(auditLog.subject, `key:${keyId}`));
  expect(lines).toBe(2);
  await expect(rotateApiKey(ctx(), { keyId })).rejects.toMatchObject({ code: "conflict" });
  await expect(revokeApiKey(ctx(), { keyId: 4711 })).rejects.toMatchObject({ code: "not_found" });
});

test("keys are listed, rotated and revoked by administrators alone", async () => {
  const { keyId } = await make();
  const owner = testCtx(database.connection, { kind: "user", userId: 1, name: "В", role: "owner", managerId: null });
  for (const deed of [listApiKeys(owner), rotateApiKey(owner, { keyId }), revokeApiKey(owner, { keyId })])
    await expect(deed).rejects.toMatchObject({ code: "forbidden" });
});
