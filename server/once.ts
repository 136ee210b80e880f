import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { idempotencyKeys } from "#/db/schema/matching.ts";
import { actorName, type Ctx } from "./context.ts";
import { AppError, invariant } from "./errors.ts";

/**
 * Does a write that its client may repeat: the first run's answer is kept in the transaction of the write itself, which `ctx`
 * must be in, and a repetition gets that answer. The same key with another body is a conflict. Of several at once the others
 * wait for the first; `answer` is fixed before `write` runs, so that nothing half-done is ever visible.
 */
export async function once<Answer>(
  ctx: Ctx,
  request: { verb: string; key: string; body: Record<string, unknown> },
  answer: Answer,
  write: () => Promise<void>,
): Promise<{ answer: Answer; isNew: boolean }> {
  const id = { actor: actorName(ctx.actor), verb: request.verb, key: request.key };
  const requestSha256 = createHash("sha256").update(canonical(request.body)).digest("hex");
  const [first] = await ctx.db
    .insert(idempotencyKeys)
    .values({ ...id, requestSha256, answer, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: idempotencyKeys.id });
  if (first) {
    await write();
    return { answer, isNew: true };
  }
  const [kept] = await ctx.db
    .select()
    .from(idempotencyKeys)
    .where(
      and(eq(idempotencyKeys.actor, id.actor), eq(idempotencyKeys.verb, id.verb), eq(idempotencyKeys.key, id.key)),
    );
  invariant(kept, "a key that conflicts is there");
  if (kept.requestSha256 !== requestSha256) throw reused();
  return { answer: kept.answer as Answer, isNew: false };
}

/** JSON whose text does not depend on the order of fields; absent and null are the same. */
function canonical(body: Record<string, unknown>): string {
  return JSON.stringify(
    Object.entries(body)
      .filter(([, value]) => value !== undefined && value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function reused(): AppError {
  return new AppError(
    "conflict",
    {
      ru: "Этот ключ повтора уже был с другим содержанием. Возьмите новый ключ.",
      en: "This idempotency key was used with another body. Take a new key.",
    },
    { place: "idempotencyKey" },
  );
}
