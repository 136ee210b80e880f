import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { users } from "#/db/schema/users.ts";
import { castManagers, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Role } from "../permissions.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { createUser } from "./create-user.ts";

const database = useTestDatabase();
const ctx = () => testCtx(database.connection);
const password = "correct horse battery";
const person = (over: Partial<Parameters<typeof createUser>[1]> = {}) => ({
  email: "someone@example.test",
  name: "Кто-то",
  role: "manager" as const,
  password,
  ...over,
});

beforeAll(() => insertCast(database.connection.db));

describe("a new user", () => {
  test("is kept with his manager, his address folded and his password hashed by argon2id", async () => {
    const { userId } = await createUser(
      ctx(),
      person({ email: " Anna@Example.TEST ", managerId: castManagers.anna.id }),
    );
    const [row] = await ctx().db.select().from(users).where(eq(users.id, userId));
    expect(row).toMatchObject({ email: "anna@example.test", managerId: castManagers.anna.id, sessionVersion: 1 });
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const audited = await ctx()
      .db.select()
      .from(auditLog)
      .where(eq(auditLog.subject, `user:${userId}`));
    expect(audited).toHaveLength(1);
    expect(JSON.stringify(audited)).not.toContain(password);
  });

  test("cannot take an address that is taken, in whatever case", async () => {
    await createUser(ctx(), person({ email: "taken@example.test" }));
    await expect(createUser(ctx(), person({ email: "TAKEN@example.test" }))).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test.each([
    ["eleven long", "elevensigns", "password"],
    ["a few signs over and over", "abababababab", "password"],
    ["the name in the address", "xx-someone-2026", "password"],
    ["endless", "ab cd ef ".repeat(60), "password"],
  ])("cannot have a password that is %s", async (_, poor, place) => {
    await expect(createUser(ctx(), person({ password: poor }))).rejects.toMatchObject({ code: "invalid", place });
  });

  test("must be a person with an address, a role and a manager that exist", async () => {
    for (const [over, place] of [
      [{ email: "nonsense" }, "email"],
      [{ role: "root" as Role }, "role"],
      [{ managerId: "nobody" }, "managerId"],
      [{ name: " " }, "name"],
    ] as const)
      await expect(createUser(ctx(), person(over))).rejects.toMatchObject({ code: "invalid", place });
  });

  test("is made by an administrator alone", async () => {
    const owner = testCtx(database.connection, { kind: "user", userId: 1, name: "В", role: "owner", managerId: null });
    await expect(createUser(owner, person())).rejects.toMatchObject({ code: "forbidden" });
  });
});
