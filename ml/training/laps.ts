/** How far a training is and how long its stages took; a lap is also where it stops when it is told to. */
export class Laps {
  readonly seconds: Record<string, number> = {};
  readonly signal: AbortSignal | undefined;
  private readonly onProgress: ((progress: { stage: string; fraction: number }) => void) | undefined;
  private clock = performance.now();

  constructor(
    onProgress: ((progress: { stage: string; fraction: number }) => void) | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.onProgress = onProgress;
    this.signal = signal;
  }

  /** Somewhere within a stage. */
  tell(stage: string, fraction: number): void {
    this.onProgress?.({ stage, fraction });
  }

  /** The end of a stage. Throws the signal's reason. */
  lap(stage: string, fraction: number): void {
    const now = performance.now();
    this.seconds[stage] = (this.seconds[stage] ?? 0) + Math.round(now - this.clock) / 1000;
    this.clock = now;
    this.tell(stage, fraction);
    this.signal?.throwIfAborted();
  }
}
