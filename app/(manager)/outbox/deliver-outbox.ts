import type { BoardMark } from "../leads/[leadId]/board-answers.ts";
import type { Outbox, Pending, PendingMarks, PendingWithdrawal } from "./outbox.ts";

/** What the server has by now of some premises of one lead; null: no mark stands. */
export interface Acknowledged {
  leadId: string;
  marks: { premisesId: string; mark: BoardMark | null }[];
}

/** How the outbox reaches the server and whom it tells. */
export interface Delivery {
  sendMarks(pending: PendingMarks): Promise<{ premisesId: string; markId: string | null }[]>;
  sendWithdrawal(pending: PendingWithdrawal): Promise<unknown>;
  /** The server has it; the entry is still in the outbox while this runs. */
  onAcknowledged(acknowledged: Acknowledged): void;
  /** The server will never take it; the entry is out of the outbox. */
  onRefused(pending: Pending, error: unknown): void;
  /** The server took the others of the deed and not these. */
  onLeftOut(count: number): void;
  /** Worth another attempt later: no network, no server, too busy. */
  isPassing(error: unknown): boolean;
}

/**
 * Sends what waits, oldest first and one at a time: a withdrawal must not overtake its mark.
 * Answers with the failure that it stopped at, one that may pass; null when nothing is left.
 */
export async function deliverOutbox(outbox: Outbox, delivery: Delivery): Promise<{ stoppedBy: unknown } | null> {
  for (;;) {
    const [pending] = outbox.list();
    if (!pending) return null;
    try {
      if (pending.kind === "marks") await deliverMarks(outbox, delivery, pending);
      else await deliverWithdrawal(outbox, delivery, pending);
    } catch (error) {
      if (delivery.isPassing(error)) return { stoppedBy: error };
      outbox.replace(pending.idempotencyKey, null);
      delivery.onRefused(pending, error);
    }
  }
}

async function deliverMarks(outbox: Outbox, delivery: Delivery, pending: PendingMarks): Promise<void> {
  const { idempotencyKey, leadId, reason } = pending;
  const outcomes = await delivery.sendMarks(pending);
  // Some may have been taken back while the answer was on its way.
  const now = outbox.find(idempotencyKey);
  const takenBack = new Set(now?.kind === "marks" ? now.takenBack : []);
  const kindOf = new Map(pending.marks.map(({ premisesId, mark }) => [premisesId, mark]));
  const taken = outcomes.flatMap(({ premisesId, markId }) => {
    const mark = kindOf.get(premisesId);
    return markId === null || !mark ? [] : [{ premisesId, markId, mark }];
  });
  const standing = taken.filter(({ premisesId }) => !takenBack.has(premisesId));
  if (standing.length > 0) {
    const marks = standing.map(({ premisesId, markId, mark }) => ({ premisesId, mark: { markId, mark, reason } }));
    delivery.onAcknowledged({ leadId, marks });
  }
  if (taken.length < pending.marks.length) delivery.onLeftOut(pending.marks.length - taken.length);
  const back = taken.filter(({ premisesId }) => takenBack.has(premisesId));
  const marks = back.map(({ premisesId, markId }) => ({ premisesId, markId }));
  outbox.replace(idempotencyKey, back.length === 0 ? null : { kind: "withdraw", idempotencyKey, leadId, marks });
}

async function deliverWithdrawal(outbox: Outbox, delivery: Delivery, pending: PendingWithdrawal): Promise<void> {
  await delivery.sendWithdrawal(pending);
  const marks = pending.marks.map(({ premisesId }) => ({ premisesId, mark: null }));
  delivery.onAcknowledged({ leadId: pending.leadId, marks });
  outbox.replace(pending.idempotencyKey, null);
}
