import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, test } from "vitest";
import { users } from "#/db/schema/users.ts";
import { castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { hashPassword } from "../auth/password.ts";
import type { Actor } from "../context.ts";
import { markMistake } from "../feedback/mark-mistake.ts";
import type { Role } from "../permissions.ts";
import { draftProposal } from "../proposals/draft-proposal.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { matrixPassword, rightsMatrix } from "./rights-matrix.ts";
import { appRouter, createCaller } from "./root.ts";

const database = useTestDatabase();
const paths = Object.keys(appRouter._def.procedures).sort();
const actors: Record<Role | "anonymous" | "apiKey", Actor> = {
  anonymous: { kind: "anonymous" },
  manager: { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id },
  owner: { kind: "user", userId: 2, name: "Владелец", role: "owner", managerId: null },
  admin: { kind: "user", userId: 3, name: "Админ", role: "admin", managerId: null },
  // A key opens the REST doors and no procedure, whatever its scopes.
  apiKey: { kind: "apiKey", keyId: 1, name: "CRM", scopes: ["match", "marks"] },
};
const boris: Actor = { kind: "user", userId: 4, name: "Борис", role: "manager", managerId: castManagers.boris.id };

async function outcome(path: string, actor: Actor, input: unknown): Promise<string> {
  const caller = createCaller({ ...testCtx(database.connection, actor), requestId: "test" });
  const procedure = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller);
  try {
    await (procedure as (input: unknown) => Promise<unknown>)(input);
    return "answered";
  } catch (error) {
    if (error instanceof TRPCError) return error.code;
    throw error;
  }
}

beforeAll(async () => {
  await insertCast(database.connection.db);
  const passwordHash = await hashPassword(matrixPassword);
  await database.connection.db.insert(users).values(
    (["manager", "owner", "admin"] as const).map((role, i) => ({
      id: i + 1,
      email: `${role}@example.test`,
      name: role,
      role,
      passwordHash,
    })),
  );
});

test("the matrix lists every procedure and nothing else", () => {
  expect(Object.keys(rightsMatrix).sort()).toEqual(paths);
});

describe.each(paths)("%s", (path) => {
  test.each(Object.entries(actors))("as %s", async (who, actor) => {
    const { open, input } = rightsMatrix[path] ?? { open: [] };
    const code = await outcome(path, actor, input);
    if (open === "everybody" || (open as readonly string[]).includes(who)) {
      // It got past the guard: it answered, or found that the thing is not there, or that it does not stand so.
      expect(["answered", "NOT_FOUND", "CONFLICT"]).toContain(code);
    } else {
      expect(code).toBe(actor.kind === "user" ? "FORBIDDEN" : "UNAUTHORIZED");
    }
  });

  test("takes no field that it does not know", async () => {
    const { input, knows = [] } = rightsMatrix[path] ?? {};
    if (input === undefined) return expect(await outcome(path, actors.admin, undefined)).toBe("answered");
    const extras = [{ role: "admin" }, { managerId: "101" }, { createdAt: 0 }];
    for (const extra of extras.filter((extra) => !knows.some((name) => name in extra)))
      expect(await outcome(path, actors.admin, { ...input, ...extra })).toBe("BAD_REQUEST");
  });
});

describe("a manager and what is another's", () => {
  const naming = Object.entries(rightsMatrix).filter(
    ([, { input }]) => input && ("leadId" in input || "markId" in input || "proposalId" in input),
  );

  test("the matrix names things by id", () => {
    expect(naming.length).toBeGreaterThan(3);
  });

  test.each(naming)("%s answers a foreign id like one that does not exist", async (path, { input }) => {
    const { mark } = await markMistake(testCtx(database.connection, boris), {
      leadId: castLeads.pharmacy.id,
      premisesId: castPremises.corner.id,
      mark: "wrongly_kept",
      idempotencyKey: randomUUID(),
    });
    const { proposalId } = await draftProposal(testCtx(database.connection, boris), {
      leadId: castLeads.pharmacy.id,
      premisesIds: [],
      idempotencyKey: randomUUID(),
    });
    const foreignIds = { leadId: castLeads.pharmacy.id, markId: mark.markId, proposalId };
    const missingIds = { leadId: "nope", markId: randomUUID(), proposalId: randomUUID() };
    const named = (Object.keys(foreignIds) as (keyof typeof foreignIds)[]).find((id) => id in input!)!;
    const [foreign, missing] = [foreignIds[named], missingIds[named]];
    expect(await outcome(path, actors.manager, { ...input, [named]: foreign })).toBe("NOT_FOUND");
    expect(await outcome(path, actors.manager, { ...input, [named]: missing })).toBe("NOT_FOUND");
    // Of a link that is not there an administrator is told so; that the proposal is there, he sees.
    if (path !== "proposals.revokeLink")
      expect(await outcome(path, actors.admin, { ...input, [named]: foreign })).not.toBe("NOT_FOUND");
  });
});
