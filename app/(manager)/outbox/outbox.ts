import type { MarkKind, MarkReason } from "../leads/[leadId]/board-answers.ts";

/** Marks of one deed on their way to the server. They stay written down until the server has said that it has them. */
export interface PendingMarks {
  kind: "marks";
  /** Made here and sent again with each attempt: the server counts the deed once. */
  idempotencyKey: string;
  leadId: string;
  runId: string;
  reason: MarkReason | null;
  marks: { premisesId: string; mark: MarkKind }[];
  /** Premises whose mark was taken back before the server answered: withdrawn as soon as its id is known. */
  takenBack: string[];
}

export interface PendingWithdrawal {
  kind: "withdraw";
  idempotencyKey: string;
  leadId: string;
  marks: { premisesId: string; markId: string }[];
}

export type Pending = PendingMarks | PendingWithdrawal;

/** The part of the browser's storage that is needed here. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * What one person has said and the server has not acknowledged, in the order in which it was said. Kept in the browser's
 * storage, so that a closed tab or a lost network loses nothing. Each change reads the shelf anew: other tabs write to it too.
 */
export class Outbox {
  private readonly shelf: Shelf;
  private readonly name: string;
  private readonly listeners = new Set<() => void>();
  private seenText: string | null = null;
  private seen: readonly Pending[] = [];

  constructor(shelf: Shelf, userId: number) {
    this.shelf = shelf;
    this.name = `ostap.outbox.${userId}`;
  }

  /** The same array until something changes. */
  list = (): readonly Pending[] => {
    const text = this.shelf.getItem(this.name);
    if (text !== this.seenText) {
      this.seenText = text;
      this.seen = parse(text);
    }
    return this.seen;
  };

  add(pending: Pending): void {
    this.write([...this.list(), pending]);
  }

  /** Puts `next` in the place of one entry, or takes it out with null; nothing happens when it is no longer there. */
  replace(idempotencyKey: string, next: Pending | null): void {
    const list = this.list();
    if (!list.some((pending) => pending.idempotencyKey === idempotencyKey)) return;
    this.write(
      list.flatMap((pending) => {
        if (pending.idempotencyKey !== idempotencyKey) return [pending];
        return next ? [next] : [];
      }),
    );
  }

  find(idempotencyKey: string): Pending | undefined {
    return this.list().find((pending) => pending.idempotencyKey === idempotencyKey);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Another tab wrote to the shelf. */
  changedElsewhere(): void {
    for (const listener of this.listeners) listener();
  }

  private write(list: readonly Pending[]): void {
    if (list.length === 0) this.shelf.removeItem(this.name);
    else this.shelf.setItem(this.name, JSON.stringify(list));
    for (const listener of this.listeners) listener();
  }
}

/** A version 4 UUID. `crypto.randomUUID` is missing on plain http, where an intranet may serve us. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The shelf may hold what an older version or another hand wrote: what is not understood is left out. */
function parse(text: string | null): Pending[] {
  if (text === null) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(isPending) : [];
  } catch {
    return [];
  }
}

function isPending(value: unknown): value is Pending {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Record<string, unknown>;
  const isMarks = entry.kind === "marks";
  const texts = ["idempotencyKey", "leadId", ...(isMarks ? ["runId"] : [])];
  return (
    (isMarks || entry.kind === "withdraw") &&
    texts.every((name) => typeof entry[name] === "string") &&
    (!isMarks || isList(entry.takenBack, (one) => typeof one === "string")) &&
    isList(entry.marks, (one) => hasTexts(one, ["premisesId", isMarks ? "mark" : "markId"]))
  );
}

function isList(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function hasTexts(value: unknown, names: string[]): boolean {
  return (
    typeof value === "object" && value !== null && names.every((name) => typeof (value as never)[name] === "string")
  );
}

/** A shelf that forgets: where the browser forbids storage, and on the server. */
export function memoryShelf(): Shelf {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}
