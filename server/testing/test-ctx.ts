import type { Connection } from "#/db/client.ts";
import type { Actor, Ctx } from "../context.ts";
import { createLog } from "../log.ts";

/** The moment at which tests live unless they say otherwise: Monday noon in Novosibirsk. */
export const TEST_NOW = new Date("2026-11-23T05:00:00Z");

/**
 * The world of a test: a real database, a clock that stands still, a silent log, Russian.
 * `home` names no folder until the test gives one (`useTestHome`): a verb that writes files without it fails at once.
 */
export function testCtx(
  connection: Connection,
  actor: Actor = { kind: "system", name: "cli" },
  over: Partial<Ctx> = {},
): Ctx {
  return {
    actor,
    db: connection.db,
    sql: connection.sql,
    now: () => TEST_NOW,
    home: "/nonexistent/ostap-test-home",
    log: createLog("test", process.env.LOG_LEVEL ?? "silent"),
    locale: "ru",
    ...over,
  };
}
