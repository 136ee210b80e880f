/** How far a training is and how long its stages took; a lap is also where it stops when it is told to. */
export class Laps {
  readonly seconds: Record<string, number> = {};
  readonly signal: AbortSignal | undefined;
  private readonly onProgress: ((progress: { stage: string; fraction: number }) => void) | undefined;
  private clock = performance.now();
  private start = 0;
  private gone = 0;

  constructor(
    onProgress: ((progress: { stage: string; fraction: number }) => void) | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.onProgress = onProgress;
    this.signal = signal;
  }

  /** A stage begins where the one before ended. */
  begin(stage: string): void {
    this.onProgress?.({ stage, fraction: this.gone });
  }

  /** Somewhere within a stage; `fraction` is of the way that began where `goOnFrom` said. */
  tell(stage: string, fraction: number): void {
    this.gone = this.start + (1 - this.start) * fraction;
    this.onProgress?.({ stage, fraction: this.gone });
  }

  /** What was gone so far is `fraction` of the whole way: from here on fractions are of the rest. */
  goOnFrom(fraction: number): void {
    this.start = fraction;
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
