import { eq } from "drizzle-orm";
import { z } from "zod";
import { pilots } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

export const pilotInput = z.strictObject({ pilotId: z.uuid() });

/** Refuses with `not_found` where there is no such pilot. */
export async function findPilot(ctx: Ctx, pilotId: string): Promise<typeof pilots.$inferSelect> {
  const [row] = await ctx.db.select().from(pilots).where(eq(pilots.id, pilotId));
  if (row) return row;
  throw new AppError(
    "not_found",
    { ru: "Такой проверки нет. Посмотрите список.", en: "There is no such pilot. See the list." },
    { place: "pilotId" },
  );
}

/** Refuses with `conflict` what has ended: nobody moves it any more. */
export function assertOpen({ status }: { status: string }): void {
  if (status === "open") return;
  throw new AppError("conflict", {
    ru: "Эта проверка закончена, её ответы больше не меняются.",
    en: "This pilot has ended, its answers do not change any more.",
  });
}
