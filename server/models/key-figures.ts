import type { EvaluationReport } from "#/ml/evaluation/report.ts";

/** A figure of a report and its 95 % interval; null: it cannot be told. */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** What of a report stands in a list of models and beside another's; shares are 0..1, on `testLeads` held-out leads. */
export interface KeyFigures {
  testLeads: number;
  aucWithinLead: Estimate;
  /** Share of the candidates that must stay so that 8 leads of 10 lose nothing. */
  keptAt8Of10: Estimate;
  /** At the threshold that was chosen before these leads were seen. */
  lossless: Estimate;
  kept: Estimate;
  recall: Estimate;
  /** Expected calibration error of the chance of a deal. */
  dealError: Estimate;
}

/** null: the report has no line of the model itself. */
export function keyFigures({ rankers, testLeads, deal }: EvaluationReport): KeyFigures | null {
  const own = rankers.find(({ name }) => name === "candidate");
  if (!own) return null;
  const { lossless, kept, recall } = own.ownThreshold;
  const { aucWithinLead, keptAt8Of10 } = own;
  return { testLeads, aucWithinLead, keptAt8Of10, lossless, kept, recall, dealError: deal.ece };
}
