import { eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import { users } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { authorize, may } from "../permissions.ts";
import { asLeadRow, type LeadRow, leadColumns, leadManager, mayAnswerFor } from "./lead-row.ts";
import type { LeadField } from "./read-answer.ts";
import { readsLeadOf } from "./reads-lead.ts";
import { answersOf, asWishes, type PastAnswer, standing, type Wishes, wishesOn } from "./wishes-on.ts";

export const crmId = z.string().trim().min(1).max(64);
export const getLeadInput = z.strictObject({ leadId: crmId });

/** A wish that the lead told on being asked, and what the CRM says beneath. */
export interface StandingAnswer {
  answerId: string;
  field: LeadField;
  /** Who wrote it down; null: a system, or a person who is gone. */
  givenBy: string | null;
  /** YYYY-MM-DD in Novosibirsk. */
  givenOn: string;
  crm: Partial<Wishes>;
}

/** A lead with where its wishes came from; what no answer filled comes from the CRM. */
export interface LeadCard extends LeadRow {
  answers: StandingAnswer[];
  /** Its wishes are the asker's to fill in. */
  mayAnswer: boolean;
}

/**
 * One lead, as it was known at the end of `asOf` (YYYY-MM-DD; today where there is none). A foreign one is answered as if it
 * did not exist: whoever asks learns nothing from the difference.
 */
export async function getLead(
  ctx: Ctx,
  { leadId }: z.infer<typeof getLeadInput>,
  asOf?: string | undefined,
): Promise<LeadCard> {
  authorize(ctx, "lead:read");
  const [row] = await ctx.db
    .select(leadColumns)
    .from(leads)
    .leftJoin(managers, leadManager)
    .where(eq(leads.id, leadId));
  if (!row || !(await readsLeadOf(ctx, row.managerId))) throw noSuchLead(leadId);
  const answers = await answersOf(ctx.db, [leadId]);
  const lead = asLeadRow(ctx.actor, row);
  if (asOf !== undefined && asOf < dateInNovosibirsk(ctx.now()))
    return { ...wishesOn(lead, answers, asOf), answers: [], mayAnswer: false };
  const mayAnswer = may(ctx.actor, "answer:give") && mayAnswerFor(ctx.actor, row.managerId);
  return { ...lead, answers: await named(ctx, standing(answers)), mayAnswer };
}

async function named(ctx: Ctx, answers: PastAnswer[]): Promise<StandingAnswer[]> {
  const userId = ({ givenBy }: PastAnswer) => Number(/^user:(\d+)$/.exec(givenBy)?.[1] ?? 0);
  const ids = answers.map(userId).filter((id) => id > 0);
  const people =
    ids.length === 0
      ? []
      : await ctx.db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids));
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return answers.map((answer) => {
    const { answerId, field, givenOn, crmValue } = answer;
    return { answerId, field, givenOn, givenBy: nameOf.get(userId(answer)) ?? null, crm: asWishes(crmValue) };
  });
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
