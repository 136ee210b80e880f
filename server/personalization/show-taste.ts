import { eq, inArray } from "drizzle-orm";
import { leads, marks, premises } from "#/db/schema/index.ts";
import { marksToRemove } from "#/ml/personalize/apply-taste.ts";
import { tasteFeatureNames } from "#/ml/personalize/taste-features.ts";
import { findLeanings, tasteFeatureWords, wordTaste } from "#/ml/personalize/word-taste.ts";
import type { ManagerTaste } from "#/ml/ranked.ts";
import type { Ctx } from "../context.ts";
import { openMarket } from "../matching/market-timeline.ts";
import { standingMarks } from "../matching/standing-marks.ts";
import { activeModel } from "../models/active-model.ts";
import { authorize } from "../permissions.ts";
import { managerTaste } from "./manager-taste.ts";
import { type StandingMark, type TasteGround, tasteMarks } from "./taste-marks.ts";

/** A mark that taught a leaning. */
interface TasteExample {
  markId: string;
  mark: StandingMark["mark"];
  leadId: string;
  brand: string | null;
  premisesId: string;
  premisesName: string;
}

interface TasteLeaning {
  feature: string;
  /** «подвал», in the reader's language. */
  words: string;
  /** He leans to it; else he shuns it. */
  towards: boolean;
  /** 0..1: how far it alone would move an even chance in a marked case. */
  strength: number;
  /** Standing marks that speak for it. */
  n: number;
  examples: TasteExample[];
}

/** What one's own marks taught. */
export interface OwnTaste {
  /** `no-manager`: the account is no manager of the CRM; `no-model`: a taste is learned against a model, and none is active. */
  state: "learned" | "no-marks" | "no-model" | "no-manager";
  /** «ваши 14 отметок: подвал −, выше бюджета +»; null unless learned. */
  words: string | null;
  /** Standing marks, and how many of them weigh. */
  marks: number;
  countedMarks: number;
  /** From so many counted marks on a taste may also remove. */
  marksToRemove: number;
  /** What it is sure of, strongest first; empty: no clear leaning yet. */
  leanings: TasteLeaning[];
}

const examplesMax = 3;

/** The taste that one's own boards go by, in words and with the marks that taught it. */
export async function showTaste(ctx: Ctx): Promise<OwnTaste> {
  authorize(ctx, "account:keep");
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  const nothing = { words: null, marks: 0, countedMarks: 0, marksToRemove, leanings: [] };
  if (managerId === null) return { state: "no-manager", ...nothing };
  const [market, active] = await Promise.all([openMarket(ctx), activeModel(ctx)]);
  const standing = await standingMarks(ctx.db, eq(marks.managerId, managerId));
  if (standing.length === 0) return { state: "no-marks", ...nothing };
  if (!active) return { state: "no-model", ...nothing, marks: standing.length };
  const ground = { market, active };
  const taste = await managerTaste(ctx, managerId, ground);
  // All of them on premises that the records no longer call free on that day.
  if (!taste) return { state: "no-marks", ...nothing };
  return {
    state: "learned",
    words: wordTaste(taste, ctx.locale),
    marks: taste.marks,
    countedMarks: Math.round(taste.countedMarks),
    marksToRemove,
    leanings: await leanings(ctx, taste, standing, ground),
  };
}

async function leanings(
  ctx: Ctx,
  taste: ManagerTaste,
  standing: readonly StandingMark[],
  ground: TasteGround,
): Promise<TasteLeaning[]> {
  const taught = await tasteMarks(ctx, standing, ground);
  const found = findLeanings(taste).map(({ feature, weight }) => {
    const column = tasteFeatureNames.indexOf(feature);
    const speaking = taught
      .map((mark) => {
        const value = mark.list.features[mark.index]![column]!;
        return { markId: mark.markId, pull: (mark.suitable ? value : -value) * Math.sign(weight) };
      })
      .filter(({ pull }) => pull > 0)
      .sort((a, b) => b.pull - a.pull);
    return { feature, weight, speaking };
  });
  const shown = new Set(found.flatMap(({ speaking }) => speaking.slice(0, examplesMax).map(({ markId }) => markId)));
  const named = await examples(
    ctx,
    standing.filter(({ markId }) => shown.has(markId)),
  );
  return found.map(({ feature, weight, speaking }) => ({
    feature,
    words: tasteFeatureWords[ctx.locale][feature],
    towards: weight > 0,
    strength: Math.tanh(Math.abs(weight) / 2),
    n: speaking.length,
    examples: speaking.slice(0, examplesMax).flatMap(({ markId }) => named.get(markId) ?? []),
  }));
}

async function examples(ctx: Ctx, shown: readonly StandingMark[]): Promise<Map<string, TasteExample>> {
  if (shown.length === 0) return new Map();
  const [brands, names] = await Promise.all([
    ctx.db
      .select({ id: leads.id, brand: leads.brand })
      .from(leads)
      .where(
        inArray(
          leads.id,
          shown.map(({ leadId }) => leadId),
        ),
      ),
    ctx.db
      .select({ id: premises.id, name: premises.name })
      .from(premises)
      .where(
        inArray(
          premises.id,
          shown.map(({ premisesId }) => premisesId),
        ),
      ),
  ]);
  const brandOf = new Map(brands.map(({ id, brand }) => [id, brand]));
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return new Map(
    shown.map(({ markId, mark, leadId, premisesId }) => [
      markId,
      {
        ...{ markId, mark, leadId, premisesId },
        brand: brandOf.get(leadId) ?? null,
        premisesName: nameOf.get(premisesId) ?? premisesId,
      },
    ]),
  );
}
