/**
 * Does a candidate in the shadow delay the answers? The same requests are asked with nothing in the shadow and with a candidate
 * in it, block by block in turns, by a process that stands for the web server, while a worker of its own scores them. Prints
 * ratios; asserts nothing.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { connect } from "#/db/client.ts";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import { leads, models } from "#/db/schema/index.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { matchLead } from "../matching/match-lead.ts";
import { promoteModel } from "../models/promote-model.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { trainOn } from "../testing/train-small-market.ts";
import { showShadow } from "./show-shadow.ts";
import { startShadow } from "./start-shadow.ts";
import { stopShadow } from "./stop-shadow.ts";

const BLOCKS = 8;
const REQUESTS = 60;
/** Between two requests, as people leave it: a dozen managers at their busiest. */
const GAP_MS = 100;

const home = await mkdtemp(path.join(os.tmpdir(), "ostap-shadow-bench-"));
const postgres = await joinEmbeddedPostgres(home);
await migrate(postgres.url);
const connection = connect(postgres.url, { max: 10 });
const ctx = testCtx(connection, undefined, { home, now: () => new Date() });
let worker: ChildProcess | undefined;

try {
  const { modelId, candidateId } = await twoModels(ctx);
  const ids = (await ctx.db.select({ id: leads.id }).from(leads).limit(REQUESTS)).map(({ id }) => id);
  worker = spawn(process.execPath, [path.join(import.meta.dirname, "..", "jobs", "worker.ts")], {
    env: { ...process.env, DATABASE_URL: postgres.url, OSTAP_HOME: home, LOG_LEVEL: "error" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await ask(ids);
  const took = { alone: [] as number[], shadowed: [] as number[] };
  for (let block = 0; block < BLOCKS; block++) {
    took.alone.push(...(await ask(ids)));
    const { shadowId } = await startShadow(ctx, { modelId: candidateId });
    took.shadowed.push(...(await ask(ids)));
    await settled(candidateId);
    const { findings } = await showShadow(ctx, { modelId: candidateId });
    const { scored, failed, outdated, queueFull, p95Ms } = findings!.totals;
    console.log({ block, scored, failed, outdated, queueFull, candidateP95Ms: Math.round(p95Ms ?? 0) });
    await stopShadow(ctx, { shadowId });
  }
  const ratio = (q: number) => (quantile(took.shadowed, q) / quantile(took.alone, q)).toFixed(2);
  console.log(
    `match with a candidate in the shadow ÷ without, model ${modelId}: p50 ${ratio(0.5)}, p95 ${ratio(0.95)}, p99 ${ratio(0.99)}`,
    `(${took.alone.length} requests each; alone p50 ${Math.round(quantile(took.alone, 0.5))} ms, p95 ${Math.round(quantile(took.alone, 0.95))} ms)`,
  );
} finally {
  if (worker) {
    const gone = once(worker, "exit");
    worker.kill("SIGTERM");
    await gone;
  }
  await connection.close();
  await postgres.leave();
  await rm(home, { recursive: true, force: true });
}

async function twoModels(ctx: Ctx): Promise<{ modelId: number; candidateId: number }> {
  const market = makeMarket({ seed: 3, leads: 6000, premises: 500, managers: 12, years: 4 });
  const { modelId } = await trainOn(ctx, market);
  await promoteModel(ctx, { modelId, override: "a bench answers for it" });
  const [{ id: _, ...copy }] = (await ctx.db.select().from(models).where(eq(models.id, modelId))) as [
    typeof models.$inferSelect,
  ];
  const strict = { ...copy, status: "candidate" as const, threshold: copy.threshold + 0.2 * (1 - copy.threshold) };
  const [row] = await ctx.db.insert(models).values(strict).returning({ id: models.id });
  return { modelId, candidateId: row!.id };
}

/** What each request took, ms. */
async function ask(ids: readonly string[]): Promise<number[]> {
  const took: number[] = [];
  for (const leadId of ids) {
    const began = performance.now();
    await matchLead(ctx, { leadId });
    took.push(performance.now() - began);
    await wait(GAP_MS);
  }
  return took;
}

async function settled(modelId: number): Promise<void> {
  while (((await showShadow(ctx, { modelId })).findings?.waiting ?? 0) > 0) await wait(200);
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}
