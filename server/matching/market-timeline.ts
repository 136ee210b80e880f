import { asc, eq, gt } from "drizzle-orm";
import type { Database } from "#/db/client.ts";
import { marketState, premises } from "#/db/schema/index.ts";
import { MarketTimeline } from "#/ml/timeline.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { inSnapshot, readFacts } from "./load-facts.ts";

/** What a screen or the CRM calls a premises; no feature looks at it. */
export interface PremisesNames {
  name: string;
  address: string | null;
}

/** The market in memory: one for each database a process is connected to. */
export interface Market {
  /** The `market_state.version` it was read at. */
  version: number;
  /** The day, YYYY-MM-DD, on which it was read: a vacancy that begins tomorrow gets in tomorrow. */
  readOn: string;
  timeline: MarketTimeline;
  names: ReadonlyMap<string, PremisesNames>;
}

interface Held {
  market: Market | undefined;
  loading: Promise<Market> | undefined;
}

declare global {
  // Next loads a module once per bundle; what is loaded once per process must live here. Keyed by the pool.
  var ostapMarkets: WeakMap<Ctx["sql"], Held> | undefined;
}

/**
 * The market as of its last import: whatever was committed before this call is in it. Read from the database when the
 * version has moved or a new day has begun, once however many ask at the same time.
 */
export async function openMarket(ctx: Ctx): Promise<Market> {
  const held = holdFor(ctx);
  const version = await readVersion(ctx.db);
  if (held.market?.version === version && held.market.readOn === dateInNovosibirsk(ctx.now())) return held.market;
  const market = await load(ctx, held);
  // A load that was under way when we asked may have begun before the version moved; the next one has not.
  return market.version >= version ? market : load(ctx, held);
}

function holdFor(ctx: Ctx): Held {
  globalThis.ostapMarkets ??= new WeakMap();
  let held = globalThis.ostapMarkets.get(ctx.sql);
  if (!held) {
    held = { market: undefined, loading: undefined };
    globalThis.ostapMarkets.set(ctx.sql, held);
  }
  return held;
}

function load(ctx: Ctx, held: Held): Promise<Market> {
  held.loading ??= read(ctx)
    .then((market) => {
      held.market = market;
      return market;
    })
    .finally(() => {
      held.loading = undefined;
    });
  return held.loading;
}

async function read(ctx: Ctx): Promise<Market> {
  const began = performance.now();
  const readOn = dateInNovosibirsk(ctx.now());
  const { version, names, history } = await inSnapshot(ctx.db, async (db) => ({
    version: await readVersion(db),
    names: await readNames(db),
    history: await readFacts(db, readOn, {}),
  }));
  const market = { version, readOn, names, timeline: await MarketTimeline.inSlices(history) };
  ctx.log.info({ version, premises: names.size, ms: Math.round(performance.now() - began) }, "the market was loaded");
  return market;
}

async function readVersion(db: Database): Promise<number> {
  const [state] = await db.select({ version: marketState.version }).from(marketState).where(eq(marketState.id, 1));
  return state?.version ?? 0;
}

async function readNames(db: Database): Promise<Map<string, PremisesNames>> {
  const names = new Map<string, PremisesNames>();
  const chunk = 50_000;
  for (let after = ""; ; ) {
    const rows = await db
      .select({ id: premises.id, name: premises.name, address: premises.address })
      .from(premises)
      .where(gt(premises.id, after))
      .orderBy(asc(premises.id))
      .limit(chunk);
    for (const { id, name, address } of rows) names.set(id, { name, address });
    if (rows.length < chunk) return names;
    after = rows.at(-1)!.id;
  }
}
