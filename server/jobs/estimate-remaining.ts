/** Where a stage began, in percent of the way and in seconds since the work did. */
export interface Lap {
  stage: string;
  percent: number;
  atSeconds: number;
}

/** What earlier work of the same kind, which came to its end, took. */
export interface TimedWork {
  laps: readonly Lap[];
  /** From its beginning to its end. */
  seconds: number;
}

/** Before this much of the way and this many seconds the pace of a training says nothing of the rest; other work may say its own. */
const PACE_FROM = { percent: 10, seconds: 15 } as const;

/**
 * Seconds until long work, such as a training, is done. By what its stages took in an earlier one, stretched by how much slower or faster this one
 * has been so far; without an earlier one by its own pace. null: nothing to go by yet.
 */
export function estimateRemaining(
  { percent, elapsedSeconds }: { percent: number; elapsedSeconds: number },
  earlier: TimedWork | null,
  paceFrom: { percent: number; seconds: number } = PACE_FROM,
): number | null {
  if (earlier && earlier.laps.length > 0) {
    const wasAt = secondsAt(earlier, percent);
    const stretch = wasAt > 0 ? (elapsedSeconds + earlier.seconds - wasAt) / earlier.seconds : 1;
    return Math.max(0, (earlier.seconds - wasAt) * stretch);
  }
  if (percent < paceFrom.percent || elapsedSeconds < paceFrom.seconds) return null;
  return (elapsedSeconds * (100 - percent)) / percent;
}

/** How long the earlier work took to come this far: straight between the beginnings of its stages. */
function secondsAt({ laps, seconds }: TimedWork, percent: number): number {
  const points = [{ percent: 0, atSeconds: 0 }, ...laps, { percent: 100, atSeconds: seconds }];
  const next = points.findIndex((point) => point.percent > percent);
  if (next <= 0) return seconds;
  const [a, b] = [points[next - 1]!, points[next]!];
  return a.atSeconds + ((b.atSeconds - a.atSeconds) * (percent - a.percent)) / (b.percent - a.percent);
}
