import { eq } from "drizzle-orm";
import { z } from "zod";
import { managers } from "#/db/schema/managers.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

/** The CRM's manager a person is; null: he is none. */
export const managerIdInput = z.string().trim().min(1).max(64).nullish();

/** Refuses a manager the CRM does not know. */
export async function proveManager(ctx: Ctx, managerId: string | null): Promise<void> {
  if (managerId === null) return;
  const [manager] = await ctx.db.select({ id: managers.id }).from(managers).where(eq(managers.id, managerId));
  if (manager) return;
  throw new AppError(
    "invalid",
    {
      ru: `Менеджера ${managerId} нет. Загрузите менеджеров из CRM или проверьте номер.`,
      en: `There is no manager ${managerId}. Import the managers from the CRM, or check the id.`,
    },
    { place: "managerId" },
  );
}
