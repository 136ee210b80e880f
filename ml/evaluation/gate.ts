import type { EvaluationReport } from "./report.ts";

/** Least share of the recorded suitable premises that a model must keep at its own threshold. */
const RECALL_MIN = 0.9;
const ECE_MAX = 0.05;
/** A little worse than the active one is within the noise of a month. */
const WORSE_THAN_ACTIVE_MAX = 0.01;

/**
 * Whether a model may be promoted: exported faithfully, better than every baseline, a threshold that keeps its promise,
 * honest probabilities, and not clearly worse than the active one. All reasons against it, not the first only.
 */
export function gate(report: EvaluationReport, active: EvaluationReport | null): { ok: boolean; reasons: string[] } {
  const reasons: string[] = [];
  if (!report.parity.ok) reasons.push(`Parity: ${report.parity.reasons.join("; ")}.`);
  const [candidate, ...baselines] = report.rankers;
  const own = candidate?.aucWithinLead.value ?? null;
  if (own === null) reasons.push("No AUC could be measured on the last stretch of the records.");
  for (const { name, aucWithinLead } of baselines)
    if (own !== null && aucWithinLead.value !== null && own <= aucWithinLead.value)
      reasons.push(
        `AUC within a lead is ${own.toFixed(3)}, the baseline ${name} has ${aucWithinLead.value.toFixed(3)}.`,
      );
  const { recall } = report.ownThreshold;
  if (recall.value !== null && (recall.high ?? 0) < RECALL_MIN)
    reasons.push(`At its own threshold it keeps ${(100 * recall.value).toFixed(1)} % of the suitable premises.`);
  if (report.deal.ece !== null && report.deal.ece > ECE_MAX)
    reasons.push(`Expected calibration error is ${report.deal.ece.toFixed(3)}, ${ECE_MAX} is allowed.`);
  const before = active?.rankers[0]?.aucWithinLead.value ?? null;
  if (own !== null && before !== null && own < before - WORSE_THAN_ACTIVE_MAX)
    reasons.push(`AUC within a lead is ${own.toFixed(3)}, the active model had ${before.toFixed(3)}.`);
  return { ok: reasons.length === 0, reasons };
}
