import type { ChildProcess } from "node:child_process";

export interface KeptProcess {
  /** The one that runs now; null while it is waited with the next. */
  current(): ChildProcess | null;
  /** Starts no other from now on; whoever calls it ends the current one. */
  letGo(): void;
  /** Resolves when it was let go and nothing runs. */
  ended: Promise<void>;
}

export interface Patience {
  /** Before the first new start; each further death doubles it. */
  firstMs: number;
  mostMs: number;
  /** Who lived so long starts again as if it had never died. */
  soundMs: number;
}

const usual: Patience = { firstMs: 1000, mostMs: 60_000, soundMs: 60_000 };

/** Runs a process and, whenever it ends by itself, runs it again, after a pause that grows while it keeps on dying. */
export function keepRunning(
  start: () => ChildProcess,
  told: { onDeath: (death: { code: number | null; signal: NodeJS.Signals | null; againInMs: number }) => void },
  patience: Patience = usual,
): KeptProcess {
  let child: ChildProcess | null = null;
  let pause: NodeJS.Timeout | undefined;
  let over = false;
  let waitMs = patience.firstMs;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();

  const run = () => {
    const bornAt = Date.now();
    child = start();
    child.once("exit", (code, signal) => {
      child = null;
      if (over) return end();
      if (Date.now() - bornAt >= patience.soundMs) waitMs = patience.firstMs;
      told.onDeath({ code, signal, againInMs: waitMs });
      pause = setTimeout(run, waitMs);
      waitMs = Math.min(waitMs * 2, patience.mostMs);
    });
  };
  run();
  return {
    current: () => child,
    letGo() {
      over = true;
      clearTimeout(pause);
      if (child === null) end();
    },
    ended,
  };
}
