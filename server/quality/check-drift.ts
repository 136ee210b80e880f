import { desc, sql } from "drizzle-orm";
import { type DriftField, driftChecks } from "#/db/schema/quality.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { activeModel } from "../models/active-model.ts";
import { authorize } from "../permissions.ts";

/** Leads of the model's last year against those of the last four weeks: whole weeks, so that every weekday counts alike. */
const REFERENCE_DAYS = 364;
const RECENT_DAYS = 28;
/** Emptiness has grown when it is up by more than this, and by more than chance gives at 95 %. */
export const EMPTY_GROWTH_MAX = 0.1;
/** Siddiqi 2006: from 0.2 on a population has moved. Chance alone gives (bins − 1)(1/n + 1/m), which is allowed on top. */
export const PSI_MAX = 0.2;
/** With fewer filled values on either side nothing is said of them. */
const VALUES_MIN = 50;
/** Keeps a bin that one side never saw from making the index infinite: half a case. */
const HALF = 0.5;
const Z = 1.96;

interface Row extends Record<string, unknown> {
  field: string;
  /** A bin of the filled values; null: the row counts all leads, and the empty ones. */
  bin: string | null;
  reference: number;
  recent: number;
  referenceEmpty: number;
  recentEmpty: number;
}

/**
 * Looks whether leads come otherwise than those that the active model learned from: in what they leave empty, and in what they
 * fill in. Kept with its day; null: no model is active.
 */
export async function checkDrift(ctx: Ctx): Promise<{ crossed: number } | null> {
  authorize(ctx, "quality:watch");
  const active = await activeModel(ctx);
  if (!active) return null;
  const today = dayOfDate(dateInNovosibirsk(ctx.now()));
  const spans = {
    referenceFromOn: dateOfDay(dayOfDate(active.asOf) - REFERENCE_DAYS + 1),
    referenceToOn: active.asOf,
    recentFromOn: dateOfDay(Math.max(today - RECENT_DAYS + 1, dayOfDate(active.asOf) + 1)),
    recentToOn: dateOfDay(today),
  };
  const fields = fieldsOf(await count(ctx, spans));
  const crossed = fields.filter((one) => one.crossed.length > 0).length;
  await ctx.db.insert(driftChecks).values({ modelId: active.modelId, ...spans, fields, crossed, at: ctx.now() });
  return { crossed };
}

/** The latest look, whichever model it was of; null: there was none. */
export async function latestDrift(ctx: Ctx): Promise<typeof driftChecks.$inferSelect | null> {
  const [row] = await ctx.db.select().from(driftChecks).orderBy(desc(driftChecks.at)).limit(1);
  return row ?? null;
}

interface Spans {
  referenceFromOn: string;
  referenceToOn: string;
  recentFromOn: string;
  recentToOn: string;
}

/** Leads by field and bin on both sides. Numbers fall into tenths of the reference; classes are bins; of a list each word is. */
async function count(ctx: Ctx, spans: Spans): Promise<Row[]> {
  const rows = await ctx.db.execute<Row>(sql`
    with side as (
      select l.*, l.created_on >= ${spans.recentFromOn}::date as is_recent from leads l
      where l.created_on between ${spans.referenceFromOn}::date and ${spans.referenceToOn}::date
        or l.created_on between ${spans.recentFromOn}::date and ${spans.recentToOn}::date
    ), number as (
      select 'area' as field, coalesce(area_to_sqm, area_from_sqm) as value, is_recent from side
      union all select 'budget', budget_rub_month, is_recent from side
    ), edges as (
      select field, percentile_cont(array[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9]) within group (order by value) as at
      from number where not is_recent and value is not null group by field
    ), filled as (
      select n.field, width_bucket(n.value, e.at)::text as bin, is_recent
      from number n join edges e using (field) where n.value is not null
      union all select 'bank', bank::text, is_recent from side where bank is not null
      union all select 'network_size', network_size::text, is_recent from side where network_size is not null
      union all select 'trades', word, is_recent from side, unnest(trades) as word
      union all select 'districts', word, is_recent from side, unnest(districts) as word
    ), empties as (
      select f.field, is_recent, f.is_empty from side, lateral (values
        ('brand', brand is null), ('trades', cardinality(trades) = 0), ('network_size', network_size is null),
        ('area', area_from_sqm is null and area_to_sqm is null), ('budget', budget_rub_month is null),
        ('bank', bank is null), ('districts', cardinality(districts) = 0)) as f(field, is_empty)
    )
    select field, null as bin, (count(*) filter (where not is_recent))::int as reference,
      (count(*) filter (where is_recent))::int as recent,
      (count(*) filter (where is_empty and not is_recent))::int as "referenceEmpty",
      (count(*) filter (where is_empty and is_recent))::int as "recentEmpty"
    from empties group by field
    union all
    select field, bin, (count(*) filter (where not is_recent))::int, (count(*) filter (where is_recent))::int, 0, 0
    from filled group by field, bin`);
  return [...rows];
}

/** In the order in which a card shows them. */
const order = ["brand", "trades", "network_size", "area", "budget", "bank", "districts"];

function fieldsOf(rows: readonly Row[]): DriftField[] {
  const bins = Map.groupBy(
    rows.filter(({ bin }) => bin !== null),
    ({ field }) => field,
  );
  return rows
    .filter(({ bin }) => bin === null)
    .toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field))
    .map(({ field, reference, recent, referenceEmpty, recentEmpty }) => {
      const sides = {
        reference: { n: reference, empty: referenceEmpty },
        recent: { n: recent, empty: recentEmpty },
      };
      const { psi, psiBound } = stability(bins.get(field) ?? []);
      const hasGrown = hasMoreEmpty(sides.reference, sides.recent);
      const hasMoved = psi !== null && psi > psiBound;
      const crossed: DriftField["crossed"] = [
        ...(hasGrown ? (["empty"] as const) : []),
        ...(hasMoved ? (["values"] as const) : []),
      ];
      return { field, ...sides, psi, psiBound, crossed };
    });
}

type Side = DriftField["recent"];

/** Up by more than the bound, and the 95 % interval of the difference lies above zero. */
export function hasMoreEmpty(reference: Side, recent: Side): boolean {
  if (reference.n === 0 || recent.n === 0) return false;
  const [before, now] = [reference.empty / reference.n, recent.empty / recent.n];
  const spread = Math.sqrt((before * (1 - before)) / reference.n + (now * (1 - now)) / recent.n);
  return now - before > EMPTY_GROWTH_MAX && now - before - Z * spread > 0;
}

/** Σ (q − p)·ln(q/p) over the bins of the filled values. */
export function stability(
  bins: readonly { reference: number; recent: number }[],
): Pick<DriftField, "psi" | "psiBound"> {
  const total = (side: "reference" | "recent") => bins.reduce((sum, bin) => sum + bin[side], 0);
  const [reference, recent] = [total("reference"), total("recent")];
  if (reference < VALUES_MIN || recent < VALUES_MIN) return { psi: null, psiBound: PSI_MAX };
  const share = (n: number, of: number) => (n + HALF) / (of + HALF * bins.length);
  const psi = bins.reduce((sum, bin) => {
    const [p, q] = [share(bin.reference, reference), share(bin.recent, recent)];
    return sum + (q - p) * Math.log(q / p);
  }, 0);
  return { psi, psiBound: PSI_MAX + (bins.length - 1) * (1 / reference + 1 / recent) };
}
