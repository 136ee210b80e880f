import type { Outbox, Pending, PendingMark, PendingWithdrawal } from "./outbox.ts";

/** How the outbox reaches the server and whom it tells. */
export interface Delivery {
  sendMark(pending: PendingMark): Promise<{ markId: string }>;
  sendWithdrawal(pending: PendingWithdrawal): Promise<unknown>;
  /** The server has it; the entry is still in the outbox while this runs. `markId` is null when nothing stands any more. */
  onAcknowledged(pending: Pending, markId: string | null): void;
  /** The server will never take it; the entry is out of the outbox. */
  onRefused(pending: Pending, error: unknown): void;
  /** Worth another attempt later: no network, no server, too busy. */
  isPassing(error: unknown): boolean;
}

/**
 * Sends what waits, oldest first and one at a time: a withdrawal must not overtake its mark.
 * Answers `passing` when it stopped at a failure that may pass, `done` when nothing is left.
 */
export async function deliverOutbox(outbox: Outbox, delivery: Delivery): Promise<"done" | "passing"> {
  for (;;) {
    const [pending] = outbox.list();
    if (!pending) return "done";
    try {
      if (pending.kind === "mark") await deliverMark(outbox, delivery, pending);
      else {
        await delivery.sendWithdrawal(pending);
        delivery.onAcknowledged(pending, null);
        outbox.replace(pending.idempotencyKey, null);
      }
    } catch (error) {
      if (delivery.isPassing(error)) return "passing";
      outbox.replace(pending.idempotencyKey, null);
      delivery.onRefused(pending, error);
    }
  }
}

async function deliverMark(outbox: Outbox, delivery: Delivery, pending: PendingMark): Promise<void> {
  const { markId } = await delivery.sendMark(pending);
  // It may have been taken back while the answer was on its way.
  const now = outbox.find(pending.idempotencyKey);
  if (now?.kind === "mark" && now.withdrawn) {
    const { idempotencyKey, leadId, premisesId } = pending;
    outbox.replace(idempotencyKey, { kind: "withdraw", idempotencyKey, leadId, premisesId, markId });
    return;
  }
  delivery.onAcknowledged(pending, markId);
  outbox.replace(pending.idempotencyKey, null);
}
