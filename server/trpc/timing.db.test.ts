import { expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import { metrics } from "../metrics/observe.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { createCaller } from "./root.ts";

const database = useTestDatabase();
const admin: Actor = { kind: "user", userId: 1, name: "А", role: "admin", managerId: null };

test("procedures are timed, refusals by their code; nothing that was asked for becomes a label", async () => {
  const caller = createCaller({ ...testCtx(database.connection, admin), requestId: "test" });
  await caller.health.jobs();
  await expect(caller.leads.get({ leadId: "nope" })).rejects.toThrow();
  await expect(caller.leads.get({ leadId: "" })).rejects.toThrow();
  const text = await metrics().registry.metrics();
  const count = "ostap_procedure_duration_seconds_count";
  expect(text).toContain(`${count}{procedure="health.jobs",outcome="ok"} 1`);
  expect(text).toContain(`${count}{procedure="leads.get",outcome="not_found"} 1`);
  expect(text).toContain(`${count}{procedure="leads.get",outcome="bad_request"} 1`);
  expect(text).not.toContain("nope");
});
