import { desc, eq, sql } from "drizzle-orm";
import { type FieldWorth, fillings, leads } from "#/db/schema/index.ts";
import type { LeadFacts, PremisesFacts } from "#/ml/facts.ts";
import type { RankRequest } from "#/ml/ranked.ts";
import { rankByHandRules } from "#/ml/ranking/by-hand-rules.ts";
import { MarketTimeline } from "#/ml/timeline.ts";
import type { Ctx } from "../../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../../days.ts";
import type { LeadField } from "../../leads/read-answer.ts";
import { leadFacts } from "../../matching/facts-from-rows.ts";
import { openMarket } from "../../matching/market-timeline.ts";
import { activeModel } from "../../models/active-model.ts";

/** The sample is drawn from so many of the newest leads. */
const NEWEST = 500;
/** So many leads judge each field: enough for a share of thousands of pairs, few enough for a minute. */
const LEADS_A_FIELD = 30;
/** Past it no further lists are judged; how many were is told. */
const PATIENCE_MS = 120_000;

const wishes: Record<LeadField, { isFilled: (lead: LeadFacts) => boolean; hidden: Partial<LeadFacts> }> = {
  area: {
    isFilled: ({ areaFromSqm, areaToSqm }) => !Number.isNaN(areaFromSqm) || !Number.isNaN(areaToSqm),
    hidden: { areaFromSqm: Number.NaN, areaToSqm: Number.NaN },
  },
  budget: { isFilled: (lead) => !Number.isNaN(lead.budgetRubMonth), hidden: { budgetRubMonth: Number.NaN } },
  bank: { isFilled: ({ bank }) => bank !== null, hidden: { bank: null } },
  districts: { isFilled: ({ districts }) => districts.length > 0, hidden: { districts: [] } },
  trades: { isFilled: ({ trades }) => trades.length > 0, hidden: { trades: [] } },
  network_size: { isFilled: (lead) => !Number.isNaN(lead.networkSize), hidden: { networkSize: Number.NaN } },
  brand: { isFilled: ({ brand }) => brand !== null, hidden: { brand: null } },
};

/** By the columns of `premises`. The rent is missing: what is asked on a day stands in the vacancy and is always there. */
const premisesFields: Record<string, Partial<PremisesFacts>> = {
  area_sqm: { areaSqm: Number.NaN },
  floor: { floor: Number.NaN },
  fit_out: { fitOut: Number.NaN },
  built_year: { builtYear: Number.NaN },
  managed: { managed: Number.NaN },
  water: { water: Number.NaN },
  sewerage: { sewerage: Number.NaN },
  documents: { documents: Number.NaN },
  district: { district: null },
  bank: { bank: null },
};

/** Which of the free premises are kept for a lead, by the model that answers now, without anybody's taste. */
type Judge = (timeline: MarketTimeline, request: Omit<RankRequest, "taste">) => Promise<Map<string, boolean>>;

/**
 * Measures what filled fields change: on a seeded sample of recent leads each filled field is hidden, today's free premises are
 * judged anew, and the verdicts compared. Nothing is made up: only values that somebody told are hidden and shown. What a field
 * would change where it is empty is the same if those leads are like these.
 *
 * Call it with the id of a request; one that is finished is left as it is.
 */
export async function measureFilling(ctx: Ctx, { fillingId }: { fillingId: number }): Promise<void> {
  const [asked] = await ctx.db.select().from(fillings).where(eq(fillings.id, fillingId));
  if (!asked || asked.finishedAt !== null) return;
  const asOf = dateInNovosibirsk(ctx.now());
  try {
    const [market, active] = await Promise.all([openMarket(ctx), activeModel(ctx)]);
    const worths = await measure(ctx, market.timeline, judgeOf(active?.model ?? null), {
      day: dayOfDate(asOf),
      seed: asked.seed,
      until: performance.now() + PATIENCE_MS,
    });
    await ctx.db
      .update(fillings)
      .set({
        finishedAt: ctx.now(),
        asOf,
        modelId: active?.modelId ?? null,
        premises: market.timeline.freeOn(dayOfDate(asOf)).count,
        worths,
      })
      .where(eq(fillings.id, fillingId));
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    await ctx.db.update(fillings).set({ finishedAt: ctx.now(), failure }).where(eq(fillings.id, fillingId));
    throw error;
  }
}

function judgeOf(model: NonNullable<Awaited<ReturnType<typeof activeModel>>>["model"] | null): Judge {
  return async (timeline, request) => {
    if (!model) {
      const { premises } = rankByHandRules(timeline, request);
      return new Map(premises.map(({ premisesId, verdict }) => [premisesId, verdict === "keep"]));
    }
    const fits = await model.suitabilities(timeline, request);
    return new Map([...fits].map(([premisesId, fit]) => [premisesId, fit >= model.threshold]));
  };
}

interface Sampled {
  lead: LeadFacts;
  managerId: string | null;
  /** The verdicts with all that is known. */
  known: Map<string, boolean>;
}

async function measure(
  ctx: Ctx,
  timeline: MarketTimeline,
  judge: Judge,
  { day, seed, until }: { day: number; seed: number; until: number },
): Promise<FieldWorth[]> {
  const sample: Sampled[] = [];
  const worths = new Map<LeadField, FieldWorth>(
    (Object.keys(wishes) as LeadField[]).map((field) => [field, nothingYet("lead", field)]),
  );
  for (const { lead, managerId } of await draw(ctx, seed)) {
    if (performance.now() > until) break;
    const wanted = [...worths].filter(([field, { leads }]) => leads < LEADS_A_FIELD && wishes[field].isFilled(lead));
    if (wanted.length === 0 && sample.length >= LEADS_A_FIELD) continue;
    const known = await judge(timeline, { lead, managerId, asOfDay: day });
    sample.push({ lead, managerId, known });
    for (const [field, worth] of wanted) {
      const without = { ...lead, ...wishes[field].hidden };
      compare(worth, known, await judge(timeline, { lead: without, managerId, asOfDay: day }));
    }
  }
  return [...worths.values(), ...(await ofPremises(timeline, judge, sample.slice(0, LEADS_A_FIELD), { day, until }))];
}

/** The same for fields of premises, on a market in which nobody has the field; only premises that have it are compared. */
async function ofPremises(
  timeline: MarketTimeline,
  judge: Judge,
  sample: Sampled[],
  { day, until }: { day: number; until: number },
): Promise<FieldWorth[]> {
  const worths: FieldWorth[] = [];
  for (const [field, hidden] of Object.entries(premisesFields)) {
    const worth = nothingYet("premises", field);
    worths.push(worth);
    if (performance.now() > until) continue;
    const [name] = Object.keys(hidden) as (keyof PremisesFacts)[];
    const filled = new Set(timeline.premises.filter((one) => isKnown(one[name!])).map(({ premisesId }) => premisesId));
    const history = { ...timeline.history, premises: timeline.history.premises.map((one) => ({ ...one, ...hidden })) };
    const without = await MarketTimeline.inSlices(history);
    for (const { lead, managerId, known } of sample) {
      if (performance.now() > until) break;
      const compared = new Map([...known].filter(([premisesId]) => filled.has(premisesId)));
      compare(worth, compared, await judge(without, { lead, managerId, asOfDay: day }));
    }
  }
  return worths;
}

function isKnown(value: PremisesFacts[keyof PremisesFacts]): boolean {
  return value !== null && !Number.isNaN(value);
}

function nothingYet(of: FieldWorth["of"], field: string): FieldWorth {
  return { of, field, leads: 0, removed: 0, kept: 0, turnedKept: 0, turnedRemoved: 0 };
}

function compare(worth: FieldWorth, known: ReadonlyMap<string, boolean>, hidden: ReadonlyMap<string, boolean>): void {
  worth.leads += 1;
  for (const [premisesId, isKept] of known) {
    const was = hidden.get(premisesId)!;
    worth[was ? "kept" : "removed"] += 1;
    if (was !== isKept) worth[isKept ? "turnedKept" : "turnedRemoved"] += 1;
  }
}

/** The newest leads in an order that the seed makes; the same seed and leads give the same order. */
async function draw(ctx: Ctx, seed: number): Promise<{ lead: LeadFacts; managerId: string | null }[]> {
  const newest = ctx.db
    .select()
    .from(leads)
    .orderBy(sql`${leads.createdOn} desc nulls last, ${leads.id} desc nulls last`)
    .limit(NEWEST)
    .as("newest");
  const rows = await ctx.db
    .select()
    .from(newest)
    .orderBy(sql`hashtextextended(${newest.id}, ${seed})`, desc(newest.id));
  return rows.map((row) => ({
    lead: leadFacts(row.id, dayOfDate(row.createdOn), row),
    managerId: row.managerId,
  }));
}
