import { stringify } from "csv-stringify/sync";
import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import { pilotCases, pilotLeads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { inert } from "../imports/inert-cell.ts";
import type { ToldCandidate } from "../matching/candidates-on.ts";
import { authorize } from "../permissions.ts";
import type { Words } from "../wording.ts";
import { findPilot, type pilotInput } from "./find-pilot.ts";

const headers: Words[] = [
  { ru: "Место лида", en: "Lead's place" },
  { ru: "Лид", en: "Lead" },
  { ru: "День", en: "Day" },
  { ru: "Помещение", en: "Premises" },
  { ru: "Название", en: "Name" },
  { ru: "Площадь, м²", en: "Area, m²" },
  { ru: "Ставка, ₽/мес", en: "Rent, ₽/month" },
  { ru: "Решение модели", en: "Model's decision" },
  { ru: "Пригодность", en: "Suitability" },
  { ru: "Ответ", en: "Answer" },
  { ru: "Проверяющий", en: "Reviewer" },
  { ru: "Когда", en: "When" },
];
const decisions: Record<"removed" | "near" | "sampled", Words> = {
  removed: { ru: "убрано", en: "removed" },
  near: { ru: "оставлено, у порога", en: "kept, at the threshold" },
  sampled: { ru: "оставлено, из остальных", en: "kept, of the rest" },
};
const answers: Record<"suitable" | "unsuitable" | "unsure", Words> = {
  suitable: { ru: "подходит", en: "suitable" },
  unsuitable: { ru: "не подходит", en: "not suitable" },
  unsure: { ru: "не могу сказать", en: "cannot say" },
};

/** Every case of a pilot that has ended, with what the model and the reviewer said, as a table. An open one is a `conflict`. */
export async function exportPilot(
  ctx: Ctx,
  { pilotId }: z.infer<typeof pilotInput>,
): Promise<{ name: string; csv: string }> {
  authorize(ctx, "pilot:read");
  const pilot = await findPilot(ctx, pilotId);
  if (pilot.status === "open")
    throw new AppError("conflict", {
      ru: "Проверка ещё идёт: до вердикта решения модели не показываются.",
      en: "The pilot is still open: what the model decided is not shown before the verdict.",
    });
  const leads = await ctx.db.select().from(pilotLeads).where(eq(pilotLeads.pilotId, pilotId));
  const leadAt = new Map(leads.map((lead) => [lead.place, lead]));
  const cases = await ctx.db
    .select()
    .from(pilotCases)
    .where(eq(pilotCases.pilotId, pilotId))
    .orderBy(asc(pilotCases.place), asc(pilotCases.position));
  const rows = cases.map(({ place, premisesId, facts, stratum, suitability, answer, answeredAt }) => {
    const { leadId, asOf, reviewer } = leadAt.get(place)!;
    const { name, areaSqm, rentRubMonth } = facts as ToldCandidate;
    return [
      ...[place, inert(leadId), asOf, inert(premisesId), inert(name), areaSqm ?? "", rentRubMonth ?? ""],
      ...[decisions[stratum][ctx.locale], suitability.toFixed(6), answer === null ? "" : answers[answer][ctx.locale]],
      ...[reviewer ?? "", answeredAt?.toISOString() ?? ""],
    ];
  });
  const csv = stringify([headers.map((header) => header[ctx.locale]), ...rows], {
    bom: true,
    delimiter: ";",
    record_delimiter: "\r\n",
  });
  return { name: `pilot-${pilot.weekOn}-model-${pilot.modelId}.csv`, csv };
}
