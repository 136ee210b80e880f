/** What a trial showed: points (hundredths) of AUC within a lead on the validation stretch, with their 95 % interval. */
interface Trial {
  points: number;
  low: number;
  high: number;
}

/** A feature, or a group of them, and what it was worth on two markets. */
export interface TriedFigures {
  name: string;
  kept: boolean;
  /** On a made market of 24,000 leads, 279 of them in the stretch: `node ml/features/tried.bench.ts --leads 24000 --rounds 150`. */
  made: Trial;
  /** On exports of a market of 52,000 leads, 400 of them in the stretch; null where it was not tried there. */
  exported: Trial | null;
  note: string;
}

const trial = (points: number, low: number, high: number): Trial => ({ points, low, high });

/** With it minus without it. Written down from the bench, in November 2026, feature set 139b234fb395e60b. */
export const triedFigures: readonly TriedFigures[] = [
  tried("month_sin", trial(0.1, -0.28, 0.48), trial(0.03, -0.34, 0.39), "within noise"),
  tried("month_cos", trial(0.03, -0.39, 0.49), trial(0.03, -0.29, 0.37), "within noise"),
  tried("wish_width", trial(0.04, -0.34, 0.43), trial(0.11, -0.24, 0.45), "within noise"),
  tried(
    "km_to_centre",
    trial(0.08, -0.29, 0.43),
    trial(0.15, -0.23, 0.5),
    "within noise; the district as a class says it",
  ),
  tried(
    "offered_lately",
    trial(0.11, -0.28, 0.49),
    trial(0.1, -0.25, 0.43),
    "within noise; would teach the habit that the product is to break",
  ),
  tried("section_free", trial(0.05, -0.31, 0.39), trial(0.05, -0.33, 0.39), "within noise"),
  tried(
    "day",
    trial(-0.25, -0.66, 0.14),
    trial(0.12, -0.22, 0.54),
    "within noise; no tree knows a day that is still to come",
  ),
  tried(
    "free_count",
    trial(-0.29, -0.66, 0.03),
    trial(-0.19, -0.56, 0.22),
    "within noise; tells days apart as `day` does",
  ),
  keeps("all of area", trial(4.97, 3.57, 6.4), null),
  keeps("all of place", trial(1.08, 0.3, 1.94), null),
  keeps("manager_leaning", trial(0.68, 0.23, 1.11), null),
  keeps("all of rent", trial(0.56, 0.04, 1.13), null),
  keeps("all of manager", trial(0.33, -0.16, 0.82), null),
  keeps("all of trade", trial(0.22, -0.21, 0.68), null),
  keeps(
    "all of neighbours",
    trial(0.02, -0.35, 0.38),
    null,
    "within noise here; reasons that managers name, and measured elsewhere to count",
  ),
  keeps("all of utilities", trial(-0.17, -0.5, 0.14), null, "within noise here; reasons that managers name"),
  keeps("all of condition", trial(-0.28, -0.67, 0.12), null, "within noise here; reasons that managers name"),
];

function tried(name: string, made: Trial, exported: Trial, note: string): TriedFigures {
  return { name, kept: false, made, exported, note };
}

function keeps(name: string, made: Trial, exported: Trial | null, note = ""): TriedFigures {
  return { name, kept: true, made, exported, note };
}
