import type { Estimate } from "../evaluation/bootstrap.ts";
import type { EvaluationReport } from "../evaluation/report.ts";

type Ranker = EvaluationReport["rankers"][number];

const about = (value: number, spread = 0.02): Estimate => ({ value, low: value - spread, high: value + spread });

function ranker(name: Ranker["name"], auc: number, kept8Of10: number): Ranker {
  return {
    name,
    leads: 240,
    aucWithinLead: about(auc, 0.01),
    keptAtRecall80: about(kept8Of10 / 3),
    keptAtRecall95: about(kept8Of10 * 0.7),
    keptAt8Of10: about(kept8Of10, 0.04),
    ndcg5: about(auc / 2, 0.05),
    ownThreshold: {
      threshold: 0.021,
      kept: about(kept8Of10, 0.03),
      recall: about(0.93),
      lossless: about(0.86, 0.04),
      precision: about(0.03, 0.005),
    },
    curve: Array.from({ length: 11 }, (_, i) => ({
      kept: (i / 10) ** 2 * Math.min(1, kept8Of10 * 2),
      recall: i / 10,
      lossless: (i / 10) ** 1.5,
    })),
  };
}

/** A report as a good training gives it, every figure made up: for what reads reports. */
export function soundReport(): EvaluationReport {
  const rankers = [
    ranker("candidate", 0.944, 0.42),
    ranker("active", 0.938, 0.45),
    ranker("logistic_regression", 0.912, 0.58),
    ranker("deals_only_trees", 0.86, 0.81),
    ranker("hand_rules", 0.81, 0.89),
    ranker("hot_list", 0.63, 0.97),
    ranker("random", 0.5, 0.99),
  ];
  return {
    version: 2,
    asOfDay: 20_726,
    seed: 1,
    trainer: "xgboost 1.7.4",
    testFromDay: 20_480,
    testLeads: 240,
    calibrationFromDay: 20_180,
    rankers,
    differences: rankers.slice(1).map(({ name, aucWithinLead, keptAt8Of10 }) => ({
      name,
      leads: name === "active" ? 64 : 240,
      aucWithinLead: about(0.944 - aucWithinLead.value!, 0.005),
      keptAt8Of10: about(keptAt8Of10.value! - 0.42, 0.02),
    })),
    active: { sha256: "ab".repeat(32), leftOut: null, message: null },
    level: { leads: 150, proved: { chance: 0.057, kept: 0.42 }, serving: { chance: 0.054, kept: 0.41 } },
    promise: {
      tested: { threshold: 0.021, basis: { n: 310, source: "offered_and_rented", alpha: 0.2 } },
      serving: { threshold: 0.019, basis: { n: 550, source: "offered_and_rented", alpha: 0.2 } },
    },
    deal: {
      calibration: "platt",
      n: 430,
      logLoss: about(0.17),
      ece: about(0.012, 0.008),
      predictedOverObserved: about(1.04, 0.2),
      curve: [0.01, 0.02, 0.04, 0.07, 0.12, 0.2].map((predicted, i) => ({
        n: 70 - 8 * i,
        predicted,
        observed: about(predicted * (i % 2 ? 1.15 : 0.9), predicted / 2),
      })),
    },
    recordedDeals: [
      { ranker: "candidate" as const, split: "time" as const, auc: 0.71, f1: 0.33, foldsAuc: null },
      { ranker: "deals_only_trees" as const, split: "time" as const, auc: 0.76, f1: 0.37, foldsAuc: null },
      { ranker: "deals_only_trees" as const, split: "shuffled_75_25" as const, auc: 0.84, f1: 0.43, foldsAuc: 0.83 },
    ].map(({ ranker, split, auc, f1, foldsAuc }) => ({
      ...{ ranker, split, offers: 430, deals: 74, foldsAuc },
      ...{
        auc: about(auc, 0.04),
        f1: about(f1, 0.06),
        precision: about(f1 - 0.03, 0.06),
        recall: about(f1 + 0.05, 0.08),
      },
    })),
    segments: [
      segment("trade", "пекарня", 58),
      segment("trade", "кафе & «бар» <у дома>", 12),
      segment("trade", null, 90),
      segment("bank", "left", 70),
      segment("bank", "any", 44),
      segment("bank", null, 126),
      segment("fill", "0-2", 90),
      segment("fill", "3-4", 105),
      segment("fill", "5-7", 45),
      segment("manager", "104", 33),
      segment("manager", "109", 18),
      segment("year", "2026", 240),
    ],
    parity: { ok: true, rows: 1500, maxAbsDiff: 2.4e-7, flipped: 0, reasons: [] },
    rows: { training: 97_296, positives: 2520, deals: 631, columns: 135 },
    recording: { successWeight: 1.6, failureWeight: 5, successes: 1650, failuresRecorded: 5400 },
    seconds: { prepare: 1.6, suitability: 18.5, deal: 19.4, hold_out: 2.4, export: 0.4, report: 1.4 },
  };
}

function segment(
  kind: EvaluationReport["segments"][number]["kind"],
  name: string | null,
  leads: number,
): EvaluationReport["segments"][number] {
  const spread = 0.3 / Math.sqrt(leads);
  return {
    ...{ kind, name, leads, small: leads < 30 },
    aucWithinLead: about(0.94, spread / 2),
    kept: about(0.42, spread),
    recall: about(0.93, spread),
    lossless: about(0.86, spread),
  };
}
