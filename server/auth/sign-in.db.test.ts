import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { users } from "#/db/schema/users.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { AppError } from "../errors.ts";
import { TOO_OFTEN } from "../rate-limit.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { createUser } from "../users/create-user.ts";
import { readActor } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { ADDRESS_FAILURES } from "./sign-in-limits.ts";

const database = useTestDatabase();
const ctx = () => testCtx(database.connection, { kind: "anonymous" });
const password = "correct horse battery";
const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.unreachable(),
    (error) => error,
  );

async function person(name: string): Promise<string> {
  const email = `${name}@example.test`;
  await createUser(testCtx(database.connection), { email, name, role: "manager", password });
  return email;
}

describe("signing in", () => {
  beforeAll(() => person("anna"));

  test("opens a session whatever case the address is typed in, and audits it", async () => {
    const token = await signIn(ctx(), { email: " ANNA@Example.test ", password }, "10.0.0.1");
    expect(await readActor(ctx(), token)).toMatchObject({ kind: "user", name: "anna", role: "manager" });
    const opened = await ctx().db.select().from(auditLog).where(eq(auditLog.action, "session:open"));
    expect(opened.map((row) => row.subject)).toContain(`user:${token.userId}`);
  });

  test("refuses the unknown, the disabled and the mistaken in the same words", async () => {
    const email = await person("gone");
    await ctx().db.update(users).set({ disabledAt: new Date() }).where(eq(users.email, email));
    const words = await Promise.all([
      refusal(signIn(ctx(), { email: "nobody@example.test", password }, "10.0.1.1")),
      refusal(signIn(ctx(), { email, password }, "10.0.1.2")),
      refusal(signIn(ctx(), { email: "anna@example.test", password: "wrong" }, "10.0.1.3")),
    ]);
    expect(new Set(words.map(({ code, words, place }) => JSON.stringify([code, words, place]))).size).toBe(1);
  });

  test("takes as long for an unknown account as for a wrong password", async () => {
    const took = async (email: string, i: number) => {
      const start = performance.now();
      await refusal(signIn(ctx(), { email, password: "wrong" }, `10.0.2.${i}`));
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 12; i++) {
      const email = await person(`timed${i}`);
      known.push(await took(email, i));
      unknown.push(await took(`nobody${i}@example.test`, i));
    }
    const median = (times: number[]) => [...times].sort((a, b) => a - b)[times.length >> 1]!;
    // Without the dummy hash an unknown account answers an order of magnitude sooner.
    expect(median(unknown)).toBeGreaterThan(median(known) * 0.5);
  });
});

describe("limits", () => {
  test("after five failures an account waits, each time longer, and is never locked", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const email = await person("victim");
      const attempt = (i: number, word = "wrong") => signIn(ctx(), { email, password: word }, `10.1.0.${i}`);
      for (let i = 0; i < 6; i++) expect((await refusal(attempt(i))).code).toBe("unauthenticated");
      const waits: number[] = [];
      for (let i = 6; i < 10; i++) {
        const { place, retryAfterSeconds } = await refusal(attempt(i));
        expect(place).toBe(TOO_OFTEN);
        waits.push(retryAfterSeconds!);
        vi.setSystemTime(Date.now() + retryAfterSeconds! * 1000);
        expect((await refusal(attempt(i))).code).toBe("unauthenticated");
      }
      expect(waits).toEqual([2, 4, 8, 16]);
      vi.setSystemTime(Date.now() + 32_000);
      await expect(attempt(99, password)).resolves.toMatchObject({ sessionVersion: 1 });
    } finally {
      vi.useRealTimers();
    }
  });

  test("twenty attempts at once are not all the first one", async () => {
    const email = await person("flooded");
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => refusal(signIn(ctx(), { email, password: "wrong" }, `10.2.0.${i}`))),
    );
    expect(outcomes.filter(({ code }) => code === "unauthenticated").length).toBeLessThanOrEqual(6);
  });

  test("strangers who guess do not keep the owner out of an address he has used", async () => {
    const email = await person("owner");
    await signIn(ctx(), { email, password }, "10.3.0.1");
    for (let i = 0; i < 12; i++) await refusal(signIn(ctx(), { email, password: "wrong" }, `10.3.1.${i}`));
    await expect(signIn(ctx(), { email, password }, "10.3.0.1")).resolves.toBeDefined();
  });

  test("one address that tries many accounts is stopped, whoever it tries", async () => {
    const spray = (i: number) => refusal(signIn(ctx(), { email: `spray${i}@example.test`, password }, "10.4.0.1"));
    const outcomes: AppError[] = [];
    for (let i = 0; i < ADDRESS_FAILURES + 3; i++) outcomes.push(await spray(i));
    expect(outcomes.filter(({ place }) => place === TOO_OFTEN)).toHaveLength(3);
  });
});

describe("a session", () => {
  test("ends with a raised version, a disabled account, and takes a new role at once", async () => {
    const email = await person("demoted");
    const token = await signIn(ctx(), { email, password }, "10.5.0.1");
    const change = (set: Partial<typeof users.$inferInsert>) =>
      ctx().db.update(users).set(set).where(eq(users.email, email));
    await change({ role: "owner" });
    expect(await readActor(ctx(), token)).toMatchObject({ role: "owner" });
    await change({ sessionVersion: 2 });
    expect(await readActor(ctx(), token)).toEqual({ kind: "anonymous" });
    await change({ disabledAt: new Date() });
    expect(await readActor(ctx(), { ...token, sessionVersion: 2 })).toEqual({ kind: "anonymous" });
  });
});
