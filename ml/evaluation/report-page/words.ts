import type { RankerName } from "../baselines.ts";
import type { SegmentKind } from "../segments.ts";

export type Locale = "ru" | "en";

/** A figure of the heads that were proved, and of those that serve. */
interface ProvedAndServing {
  proved: string;
  serving: string;
}

/** Everything the page says, in one language. Numbers come in as they are written. */
export interface PageWords {
  title: string;
  meta(values: { asOf: string; from: string; leads: string; trainer: string }): string;
  unknown: string;
  interval: string;
  verdict: { passes: string; passesWhy: string; refused: string };
  tiles: {
    lossless: string;
    promised(share: string): string;
    removed: string;
    rulesRemove(share: string): string;
    recall: string;
    auc: string;
    aucMeans(of100: string): string;
  };
  rankers: Record<RankerName, { name: string; says: string }>;
  compare: {
    heading: string;
    sentence(values: { model: string; rules: string } | null): string;
    auc: string;
    kept8: string;
    legend: string;
    better(value: string, interval: string): string;
    all: string;
    columns: {
      ranker: string;
      kept80: string;
      kept95: string;
      ndcg: string;
      ownKept: string;
      ownRecall: string;
      ownLossless: string;
    };
    fewer(leads: string): string;
    active: Record<"none" | "other_features" | "unreadable" | "too_few_leads", string>;
  };
  kept: {
    heading: string;
    sentence: string;
    label: string;
    x: string;
    y: string;
    recall: string;
    lossless: string;
    rules: string;
    cut: string;
  };
  threshold: {
    heading: string;
    sentence(values: { threshold: string; alpha: string; n: string; source: string }): string;
    source: Record<"reviewed" | "offered_and_rented" | "none", string>;
    serving(threshold: string, n: string): string;
    level(values: { leads: string; kept: ProvedAndServing; chance: ProvedAndServing }): string;
    precision(share: string, interval: string): string;
  };
  deal: {
    heading: string;
    sentence: string;
    label: string;
    x: string;
    y: string;
    point(n: string, predicted: string, observed: string): string;
    none: string;
    facts: { n: string; ece: string; logLoss: string; ratio: string; calibration: string };
    calibrations: Record<string, string>;
  };
  recorded: {
    heading: string;
    sentence: string;
    original: string;
    originalSays: string;
    split: Record<"time" | "shuffled_75_25", string>;
    columns: { who: string; auc: string; f1: string; precision: string; recall: string; deals: string };
    deals(deals: string, offers: string): string;
    folds(auc: string): string;
  };
  segments: {
    heading: string;
    sentence: string;
    kind: Record<SegmentKind, string>;
    banks: Record<string, string>;
    manager(id: string): string;
    noManager: string;
    fill(wishes: string): string;
    small: string;
    columns: { name: string; leads: string; lossless: string; kept: string; recall: string; auc: string };
  };
  search: { heading: string; sentence(tried: string): string; chosen: string; open: string };
  tried: { heading: string; sentence: string; kept: string; dropped: string; name: string; verdict: string };
  made: {
    heading: string;
    sentence: string;
    parity: string;
    parityIs(ok: boolean, rows: string, difference: string): string;
    rows: string;
    rowsAre(values: { rows: string; columns: string; positives: string; deals: string }): string;
    recording: string;
    recordingIs(success: string, failure: string): string;
    seconds: string;
    seed: string;
  };
}
