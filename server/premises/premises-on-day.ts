import { eq } from "drizzle-orm";
import { z } from "zod";
import { premises } from "#/db/schema/premises.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, pastDate } from "../days.ts";
import { AppError } from "../errors.ts";
import { crmId } from "../leads/get-lead.ts";

/** A premises, looked at from a day: what came later is not known there. */
export const premisesOnDayInput = z.strictObject({
  premisesId: crmId,
  /** YYYY-MM-DD, by default today in Novosibirsk; a day to come is answered as today. */
  asOf: pastDate.optional(),
});

export type PremisesOnDay = Pick<typeof premises.$inferSelect, "district" | "section" | "areaSqm"> & {
  premisesId: string;
  /** YYYY-MM-DD. */
  asOf: string;
};

/** The premises that is asked about, or `not_found`. */
export async function premisesOnDay(ctx: Ctx, input: z.infer<typeof premisesOnDayInput>): Promise<PremisesOnDay> {
  const today = dateInNovosibirsk(ctx.now());
  const { premisesId, asOf = today } = input;
  const [row] = await ctx.db
    .select({ district: premises.district, section: premises.section, areaSqm: premises.areaSqm })
    .from(premises)
    .where(eq(premises.id, premisesId));
  if (row) return { ...row, premisesId, asOf: asOf > today ? today : asOf };
  throw noSuchPremises(premisesId);
}

/** The refusal for a premises that is not there. */
export function noSuchPremises(premisesId: string): AppError {
  return new AppError(
    "not_found",
    {
      ru: `Помещения ${premisesId} нет. Проверьте номер.`,
      en: `There is no premises ${premisesId}. Check its number.`,
    },
    { place: "premisesId" },
  );
}
