import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Locks between processes, kept by the operating system on an empty file: whoever dies, even by kill -9, lets go.
 * SQLite's file locking is the one way to them that Node has on every system.
 */
export interface HeldLock {
  release(): void;
}

const SQLITE_BUSY = 5;

function tryBegin(file: string, begin: string): HeldLock | null {
  const holder = new DatabaseSync(file);
  try {
    holder.exec(begin);
  } catch (error) {
    holder.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
  return { release: () => holder.close() };
}

/** Many may share `file` at once; null while somebody holds it alone. */
export function tryShare(file: string): HeldLock | null {
  return tryBegin(file, "begin; select 1 from sqlite_schema");
}

/** `file` for one alone; null while anybody else holds or shares it. */
export function tryHold(file: string): HeldLock | null {
  return tryBegin(file, "begin exclusive");
}

/** Waits until `file` is ours alone; throws after `patienceMs`. */
export async function hold(file: string, patienceMs: number): Promise<HeldLock> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const lock = tryHold(file);
    if (lock) return lock;
    if (Date.now() > deadline) throw new Error(`Another process held ${file} for more than ${patienceMs / 1000} s.`);
    await wait(25);
  }
}
