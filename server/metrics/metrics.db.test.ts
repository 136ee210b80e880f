import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { castLeads, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { audit } from "../audit.ts";
import { checkChain } from "../audit-log/check-chain.ts";
import { noteForeignBackup } from "../backup/take-backup.ts";
import { beat, thisWorker } from "../health/worker-beats.ts";
import { enqueue } from "../jobs/queue.ts";
import { matchLead } from "../matching/match-lead.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { serveMetrics } from "./serve-metrics.ts";

const database = useTestDatabase();
const now = () => new Date();
const ctx = () => testCtx(database.connection, { kind: "system", name: "cli" }, { now });
let away = false;
let server: Awaited<ReturnType<typeof serveMetrics>>;
let at: string;

beforeAll(async () => {
  await insertCast(database.connection.db);
  const open = async () => {
    if (away) throw new Error("the database is away");
    return ctx();
  };
  server = await serveMetrics(open, { port: 0, host: "127.0.0.1" });
  const { port, address } = server.address() as AddressInfo;
  expect(address).toBe("127.0.0.1");
  at = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

const scrape = async () => (await fetch(`${at}/metrics`)).text();
/** Values by series, as Prometheus reads them. */
async function series(): Promise<Map<string, number>> {
  const lines = (await scrape()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}

test("what is not known yet is not there, rather than zero", async () => {
  const found = await series();
  expect(found.get('ostap_trainings{status="running"}')).toBe(0);
  for (const name of ["ostap_worker_beat_age_seconds", "ostap_backup_age_seconds", "ostap_audit_log_intact"])
    expect(found.has(name)).toBe(false);
  expect(found.has("ostap_active_model_id")).toBe(false);
});

test("queue, marks, worker, backup, chain, connections and size are told", async () => {
  await enqueue(ctx(), "take-free-snapshot", {});
  await audit(ctx(), "mark:create", "mark:1");
  await beat(ctx(), thisWorker(now()));
  await noteForeignBackup(ctx(), { place: "elsewhere" });
  await checkChain(ctx());
  const found = await series();
  expect(found.get('ostap_queue_jobs{job="take-free-snapshot",state="waiting"}')).toBe(1);
  expect(found.get('ostap_marks_last_day{deed="set"}')).toBe(1);
  expect(found.get("ostap_worker_beat_age_seconds")).toBeLessThan(60);
  expect(found.get("ostap_backup_age_seconds")).toBeLessThan(60);
  expect(found.get("ostap_audit_log_intact")).toBe(1);
  expect(found.get("ostap_db_size_bytes")).toBeGreaterThan(1e6);
  expect([...found.keys()].some((key) => key.startsWith("ostap_db_connections{"))).toBe(true);
  expect([...found.keys()].some((key) => key.startsWith("ostap_nodejs_eventloop_lag"))).toBe(true);
});

test("matches are timed by who judged", async () => {
  await matchLead(ctx(), { leadId: castLeads.coffee.id });
  expect((await series()).get('ostap_match_duration_seconds_count{judge="rules"}')).toBe(1);
});

test("while the database is away the process still tells of itself, and counts that", async () => {
  away = true;
  const found = await series();
  away = false;
  expect(found.get("ostap_scrape_failures_total")).toBe(1);
  expect(found.has("ostap_db_size_bytes")).toBe(false);
  expect(found.has("ostap_process_resident_memory_bytes")).toBe(true);
});

test("nothing else is served there", async () => {
  for (const path of ["/", "/metrics/", "/metrics?x=1", "/api/health"])
    expect((await fetch(`${at}${path}`)).status).toBe(404);
  expect((await fetch(`${at}/metrics`, { method: "POST" })).status).toBe(404);
});
