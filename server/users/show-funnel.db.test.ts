import { beforeAll, expect, test } from "vitest";
import { castManagers, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { matchLead } from "../matching/match-lead.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { firstDayOf, showFunnel } from "./show-funnel.ts";

const database = useTestDatabase();
const as = (managerId: string | null, day: string): Ctx =>
  testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role: "manager", managerId },
    { now: () => new Date(`${day}T05:00:00Z`) },
  );

beforeAll(() => insertCast(database.connection.db));

test("is nobody's but one's own: nothing for a stranger, null for whoever is no manager", async () => {
  const stranger = testCtx(database.connection, { kind: "anonymous" });
  await expect(showFunnel(stranger, { span: "month" })).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await showFunnel(as(null, "2026-09-10"), { span: "month" })).toBeNull();
});

test("counts leads of the span that came as far, each once however much was offered", async () => {
  const anna = as(castManagers.anna.id, "2026-09-10");
  const none = { from: "2026-09-01", to: "2026-09-10", leads: 1, opened: 0, offered: 1, won: 0, leased: 0 };
  expect(await showFunnel(anna, { span: "month" })).toEqual(none);
  await matchLead(anna, { leadId: "20001" });
  await matchLead(anna, { leadId: "20001" });
  expect(await showFunnel(anna, { span: "month" })).toEqual({ ...none, opened: 1 });
  const boris = as(castManagers.boris.id, "2026-11-02");
  expect(await showFunnel(boris, { span: "year" })).toMatchObject({ from: "2026-01-01", leads: 1, won: 1, leased: 1 });
  expect(await showFunnel(boris, { span: "quarter" })).toMatchObject({ from: "2026-10-01", leads: 0, offered: 0 });
});

test.each([
  ["month", "2026-12-31", "2026-12-01"],
  ["quarter", "2026-12-31", "2026-10-01"],
  ["quarter", "2026-01-01", "2026-01-01"],
  ["quarter", "2026-06-30", "2026-04-01"],
  ["year", "2026-06-30", "2026-01-01"],
] as const)("the %s of %s began on %s", (span, today, first) => {
  expect(firstDayOf(span, today)).toBe(first);
});
