/** One premises on which two models do not agree for a lead. */
export interface Difference {
  premisesId: string;
  activeSuitability: number;
  candidateSuitability: number;
}

export interface VerdictComparison {
  keptByActive: number;
  keptByCandidate: number;
  /** Kept by the candidate, removed by the active model. */
  restored: number;
  removed: number;
  /** All on which they differ, the widest apart first. */
  differences: Difference[];
}

/** A list as a run logged it: parallel arrays. */
export interface LoggedList {
  premisesIds: readonly string[];
  suitabilities: readonly number[];
  kept: readonly boolean[];
}

/**
 * Where a candidate's verdicts differ from those that were given. null: the two did not look at the same premises, so that
 * nothing can be compared.
 */
export function compareVerdicts(
  logged: LoggedList,
  judged: readonly { premisesId: string; verdict: "keep" | "remove"; suitability: number }[],
): VerdictComparison | null {
  const byId = new Map(judged.map((one) => [one.premisesId, one]));
  if (byId.size !== logged.premisesIds.length) return null;
  const comparison: VerdictComparison = {
    ...{ keptByActive: 0, keptByCandidate: 0, restored: 0, removed: 0, differences: [] },
  };
  for (const [i, premisesId] of logged.premisesIds.entries()) {
    const candidate = byId.get(premisesId);
    if (!candidate) return null;
    const was = logged.kept[i]!;
    const is = candidate.verdict === "keep";
    if (was) comparison.keptByActive++;
    if (is) comparison.keptByCandidate++;
    if (was === is) continue;
    if (is) comparison.restored++;
    else comparison.removed++;
    comparison.differences.push({
      premisesId,
      activeSuitability: logged.suitabilities[i]!,
      candidateSuitability: candidate.suitability,
    });
  }
  comparison.differences.sort((a, b) => apart(b) - apart(a));
  return comparison;
}

const apart = ({ activeSuitability, candidateSuitability }: Difference) =>
  Math.abs(candidateSuitability - activeSuitability);
