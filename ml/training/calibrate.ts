/** Turns a margin into a probability; never falls with the margin. */
export type Calibration =
  | { kind: "platt"; slope: number; intercept: number }
  /** Linear between the points, level outside. */
  | { kind: "isotonic"; margins: number[]; probabilities: number[] };

export interface CalibrationRow {
  margin: number;
  happened: boolean;
  /** How many true cases the row stands for: corrects for what was not recorded (Elkan 2001, theorem 2 by weights). */
  weight: number;
}

/** Isotonic steps need this many successes to be more than noise. */
const ISOTONIC_SUCCESSES_MIN = 60;

export function calibrated(calibration: Calibration, margin: number): number {
  if (calibration.kind === "platt") return 1 / (1 + Math.exp(-(calibration.slope * margin + calibration.intercept)));
  const { margins, probabilities } = calibration;
  let at = 0;
  while (at < margins.length && margins[at]! < margin) at++;
  if (at === 0) return probabilities[0]!;
  if (at === margins.length) return probabilities[at - 1]!;
  const share = (margin - margins[at - 1]!) / (margins[at]! - margins[at - 1]!);
  return probabilities[at - 1]! + share * (probabilities[at]! - probabilities[at - 1]!);
}

/** Platt's line or isotonic steps, whichever has the lower log loss on rows that did not fit it (two folds). */
export function chooseCalibration(rows: readonly CalibrationRow[]): {
  calibration: Calibration;
  logLoss: Record<string, number>;
} {
  const platt = heldOut(rows, fitPlatt);
  const enough = rows.filter((row) => row.happened).length >= ISOTONIC_SUCCESSES_MIN;
  const isotonic = enough ? heldOut(rows, fitIsotonic) : Number.POSITIVE_INFINITY;
  const calibration = isotonic < platt ? fitIsotonic(rows) : fitPlatt(rows);
  return { calibration, logLoss: enough ? { platt, isotonic } : { platt } };
}

function heldOut(rows: readonly CalibrationRow[], fitOn: (rows: readonly CalibrationRow[]) => Calibration): number {
  const halves = [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1)];
  let loss = 0;
  let weight = 0;
  for (const side of [0, 1]) {
    const calibration = fitOn(halves[1 - side]!);
    for (const row of halves[side]!) {
      const p = Math.min(1 - 1e-6, Math.max(1e-6, calibrated(calibration, row.margin)));
      loss -= row.weight * Math.log(row.happened ? p : 1 - p);
      weight += row.weight;
    }
  }
  return loss / weight;
}

/** Weighted logistic regression on one margin by Newton's method, a little ridge towards slope 1; slope at least 0.05. */
export function fitPlatt(rows: readonly CalibrationRow[]): Calibration {
  let slope = 1;
  let intercept = 0;
  for (let step = 0; step < 50; step++) {
    let [ga, gb, haa, hab, hbb] = [-(slope - 1), -intercept * 1e-6, 1, 0, 1e-6];
    for (const { margin, happened, weight } of rows) {
      const p = 1 / (1 + Math.exp(-(slope * margin + intercept)));
      const g = weight * (+happened - p);
      const h = weight * p * (1 - p);
      ga += g * margin;
      gb += g;
      haa += h * margin * margin;
      hab += h * margin;
      hbb += h;
    }
    const det = haa * hbb - hab * hab;
    if (!(Math.abs(det) > 1e-12)) break;
    const [da, db] = [(hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det];
    const damp = Math.min(1, 2 / Math.max(Math.abs(da), Math.abs(db), 1e-12));
    slope += damp * da;
    intercept += damp * db;
    if (Math.abs(da) + Math.abs(db) < 1e-9) break;
  }
  return { kind: "platt", slope: Math.max(0.05, slope), intercept };
}

/** Pool adjacent violators (Ayer et al. 1955); blocks become points at their mean margins. */
export function fitIsotonic(rows: readonly CalibrationRow[]): Calibration {
  const blocks: { weight: number; sum: number; margins: number }[] = [];
  for (const row of [...rows].sort((a, b) => a.margin - b.margin)) {
    blocks.push({ weight: row.weight, sum: row.weight * +row.happened, margins: row.weight * row.margin });
    while (blocks.length > 1) {
      const [before, last] = [blocks[blocks.length - 2]!, blocks[blocks.length - 1]!];
      if (before.sum / before.weight < last.sum / last.weight) break;
      blocks.pop();
      before.weight += last.weight;
      before.sum += last.sum;
      before.margins += last.margins;
    }
  }
  return {
    kind: "isotonic",
    margins: blocks.map((block) => block.margins / block.weight),
    probabilities: blocks.map((block) => Math.min(1, block.sum / block.weight)),
  };
}
