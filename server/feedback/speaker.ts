import { eq } from "drizzle-orm";
import { leads } from "#/db/schema/leads.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { noSuchLead } from "../leads/get-lead.ts";
import { seesLeadOf } from "../leads/lead-row.ts";
import { countDeed, type RateLimit } from "../rate-limit.ts";

/** A person marks by hand; another system may carry over what many said. Counted per manager. */
const byHand: RateLimit = { name: "marks-by-hand", points: 600, seconds: 3600 };
const byKey: RateLimit = { name: "marks-by-key", points: 20_000, seconds: 3600 };

/** Refuses more marks than a person makes, or a system carries over. */
export function countMarks(ctx: Ctx, managerId: string, marks: number): Promise<void> {
  const limit = ctx.actor.kind === "user" ? byHand : byKey;
  return countDeed(ctx.db, limit, managerId, marks, (seconds) => {
    const minutes = Math.ceil(seconds / 60);
    return {
      ru: `За час это больше ${limit.points} отметок: столько вручную не проверить. Прежние отметки сохранены, продолжить можно через ${minutes} мин.`,
      en: `These are more than ${limit.points} marks within an hour, more than can be looked at. Earlier marks are kept; go on in ${minutes} min.`,
    };
  });
}

/** In whose name marks on a lead are: the manager's id. A lead that is not there or not the asker's is `not_found`. */
export async function speakerOn(ctx: Ctx, on: { leadId: string; managerId?: string | undefined }): Promise<string> {
  const [lead] = await ctx.db.select({ managerId: leads.managerId }).from(leads).where(eq(leads.id, on.leadId));
  if (!lead || !seesLeadOf(ctx.actor, lead.managerId)) throw noSuchLead(on.leadId);
  return speaker(ctx, on.managerId, lead.managerId);
}

function speaker({ actor }: Ctx, named: string | undefined, leadsManagerId: string | null): string {
  if (actor.kind === "user" && actor.role === "manager") {
    if (actor.managerId === null)
      throw new AppError("forbidden", {
        ru: "Ваша учётная запись не связана с менеджером из CRM. Попросите администратора связать.",
        en: "Your account is not linked to a manager of the CRM. Ask an administrator to link it.",
      });
    if (named !== undefined && named !== actor.managerId)
      throw new AppError("forbidden", {
        ru: "Отмечать можно только от своего имени.",
        en: "You may mark only in your own name.",
      });
    return actor.managerId;
  }
  const managerId = named ?? leadsManagerId;
  if (managerId === null)
    throw new AppError(
      "invalid",
      {
        ru: "У лида нет менеджера: назовите, за кого отметка.",
        en: "The lead has no manager: say whose mark it is.",
      },
      { place: "managerId" },
    );
  return managerId;
}

/** A manager takes back what he said himself; whoever marks for others takes it back for others. */
export function speaksFor({ actor }: Ctx, managerId: string): boolean {
  return !(actor.kind === "user" && actor.role === "manager") || actor.managerId === managerId;
}
