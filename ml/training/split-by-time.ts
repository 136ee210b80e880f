/** Past, next stretch, last stretch: no day is in two of them, and no lead is judged by what came after it. */
export interface TimeSplit<T> {
  fit: T[];
  /** Tuned and calibrated on. */
  tune: T[];
  /** Looked at once, for the report. */
  test: T[];
  tuneFromDay: number;
  testFromDay: number;
}

/** Shares of the sets that tune and test take; a day that straddles a border goes to the later part. */
export function splitByTime<T extends { day: number }>(
  sets: readonly T[],
  tuneShare = 0.1,
  testShare = 0.08,
): TimeSplit<T> {
  const ordered = [...sets].sort((a, b) => a.day - b.day);
  const dayAt = (share: number) => ordered[Math.floor(share * ordered.length)]?.day ?? Number.POSITIVE_INFINITY;
  const tuneFromDay = dayAt(1 - tuneShare - testShare);
  const testFromDay = Math.max(dayAt(1 - testShare), tuneFromDay + 1);
  return splitAt(ordered, { tuneFromDay, testFromDay });
}

/** The same at known borders. */
export function splitAt<T extends { day: number }>(
  sets: readonly T[],
  { tuneFromDay, testFromDay }: { tuneFromDay: number; testFromDay: number },
): TimeSplit<T> {
  return {
    fit: sets.filter((set) => set.day < tuneFromDay),
    tune: sets.filter((set) => set.day >= tuneFromDay && set.day < testFromDay),
    test: sets.filter((set) => set.day >= testFromDay),
    tuneFromDay,
    testFromDay,
  };
}
