import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { modelAliases, models } from "#/db/schema/models.ts";
import { type EvaluationReport, readReport } from "#/ml/evaluation/report.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { RIPE_DAYS } from "./conversion-by-month.ts";
import { ofLeadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

/** Lower ends of the bands of a chance, the same by which a card says «low» or «good»: 0, 2, 7, 20, 40 %. */
export const BANDS = [0, 0.02, 0.07, 0.2, 0.4] as const;

export interface CalibrationBand {
  /** 0..1, inclusive; the next band begins at `to`. */
  from: number;
  to: number;
  /** Mean of what the board said. */
  predicted: number;
  /** Deals of the band that were won, or whose premises the lead rents ÷ deals of the band that are over or older than 90 days. */
  observed: Share;
  /** The same for the true cases that the records stand for, by the active model's rates of recording, which its own curve uses too; null: no such model. */
  corrected: { share: number; low: number; high: number } | null;
}

export interface Calibration {
  bands: CalibrationBand[];
  /** Deals too young to tell. */
  young: number;
  /** What the active model's report says of the same, on its held-out leads; null: no model, or a report of another build. */
  ofReport: { modelId: number; ece: number | null; curve: EvaluationReport["deal"]["curve"] } | null;
}

/** What boards had said of a deal's chance, and what came: of deals created in the days whose lead had the premises on a board before. */
export async function calibration(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<Calibration> {
  authorize(ctx, "report:read");
  const { fromOn, toOn } = spanOf(ctx, scope);
  const today = dateInNovosibirsk(ctx.now());
  const edges = sql.raw(`array[${BANDS.slice(1).join(",")}]::double precision[]`);
  // `offered` stands by itself, or each count of a share would look for the lease anew; by `offset 0` it is looked up, and not all leases hashed; so is how a young deal ended.
  const [rows, active] = await Promise.all([
    ctx.db.execute<{ band: number; isRipe: boolean; predicted: number; observed: Share }>(sql`
      with offered as materialized (
        select v.probability, v.outcome_id in (select d.id from deals d where d.stage = 'won') or exists (select from leases s
            where s.lead_id = v.lead_id and s.premises_id = v.premises_id offset 0) as happened,
          v.happened_on + ${RIPE_DAYS}::int <= ${today}::date or exists (select from deals d
            where d.id = v.outcome_id and d.stage <> 'open' offset 0) as is_ripe
        from outcome_verdicts v
        where v.kind = 'deal' and v.basis = 'run' and v.happened_on between ${fromOn}::date and ${toOn}::date
          and ${ofLeadInScope(sql`v.lead_id`, scope, "lead_ways")}
      )
      select width_bucket(probability, ${edges}) as band, is_ripe as "isRipe", avg(probability) as predicted,
        ${share(sql`count(*) filter (where happened)`, sql`count(*)`)} as observed
      from offered group by 1, 2 order by 1`),
    activeReport(ctx),
  ]);
  return {
    bands: rows.flatMap(({ band, isRipe, predicted, observed }) =>
      isRipe
        ? {
            from: BANDS[band]!,
            to: BANDS[band + 1] ?? 1,
            ...{ predicted, observed },
            corrected: active && correct(observed, active.report.recording),
          }
        : [],
    ),
    young: rows.reduce((sum, { isRipe, observed }) => sum + (isRipe ? 0 : observed.of), 0),
    ofReport: active && {
      modelId: active.modelId,
      ece: active.report.deal.ece.value,
      curve: active.report.deal.curve,
    },
  };
}

async function activeReport(ctx: Ctx) {
  const [row] = await ctx.db
    .select({ modelId: models.id, report: models.report })
    .from(modelAliases)
    .innerJoin(models, eq(models.id, modelAliases.modelId))
    .where(eq(modelAliases.name, "active"));
  const report = row && readReport(row.report);
  return report ? { modelId: row.modelId, report } : null;
}

/** A recorded success and a recorded failure stand for so many true ones each; the odds move by their ratio (Elkan 2001). */
function correct({ share, low, high }: Share, recording: Record<string, number>): CalibrationBand["corrected"] {
  const { successWeight, failureWeight } = recording;
  if (share === null || low === null || high === null || !successWeight || !failureWeight) return null;
  const of = (p: number) => (p * successWeight) / (p * successWeight + (1 - p) * failureWeight);
  return { share: of(share), low: of(low), high: of(high) };
}
