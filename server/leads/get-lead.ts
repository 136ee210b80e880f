import { eq } from "drizzle-orm";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { asLeadRow, type LeadRow, leadColumns, leadManager, seesLeadOf } from "./lead-row.ts";

export const crmId = z.string().trim().min(1).max(64);
export const getLeadInput = z.strictObject({ leadId: crmId });

/** One lead. A foreign one is answered as if it did not exist: whoever asks learns nothing from the difference. */
export async function getLead(ctx: Ctx, { leadId }: z.infer<typeof getLeadInput>): Promise<LeadRow> {
  authorize(ctx, "lead:read");
  const [row] = await ctx.db
    .select(leadColumns)
    .from(leads)
    .leftJoin(managers, leadManager)
    .where(eq(leads.id, leadId));
  if (!row || !seesLeadOf(ctx.actor, row.managerId)) throw noSuchLead(leadId);
  return asLeadRow(ctx.actor, row);
}

/** The refusal for a lead that is not there, or not for the one who asks. */
export function noSuchLead(leadId: string): AppError {
  return new AppError(
    "not_found",
    {
      ru: `Лида ${leadId} нет, или он не ваш. Проверьте номер.`,
      en: `There is no lead ${leadId}, or it is not yours. Check its number.`,
    },
    { place: "leadId" },
  );
}
