import type { fitOut, sewerage } from "#/db/schema/premises.ts";
import { proposalPicks } from "#/db/schema/proposals.ts";
import type { RankedPremises } from "#/ml/ranked.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import type { Candidate } from "../matching/candidates-on.ts";
import { fitOutOf, sewerageOf, truthOrNull, valueOrNull } from "../matching/facts-from-rows.ts";
import { type MatchResult, matchLead } from "../matching/match-lead.ts";
import { type ClientReason, favouringReasons } from "./client-reasons.ts";
import type { ProposalItem } from "./content.ts";

/** What a proposal knows of a premises; null: not known. The CRM's own name is for the manager alone. */
export interface PickFacts {
  name: string;
  address: string | null;
  district: string | null;
  bank: "left" | "right" | null;
  areaSqm: number | null;
  floor: number | null;
  fitOut: (typeof fitOut.enumValues)[number] | null;
  builtYear: number | null;
  water: boolean | null;
  sewerage: (typeof sewerage.enumValues)[number] | null;
  documents: boolean | null;
}

/** What the price guide said: for the manager, beside the price that he offers. */
export interface PickGuide {
  /** The rent with the highest rent × probability for this lead. */
  bestRubMonth: number | null;
  /** What similar leases paid, per m² and month. */
  similar: { n: number; q25: number; median: number; q75: number } | null;
}

/** A premises picked for a proposal, as it stood when it was picked. */
export interface PremisesPick {
  premisesId: string;
  runId: string | null;
  modelId: number | null;
  asOf: string;
  askingRubMonth: number | null;
  facts: PickFacts;
  reasons: ClientReason[];
  guide: PickGuide;
}

/** Judges the lead's market anew and takes these premises out of the answer; one that is not free today is refused. */
export async function pickPremises(ctx: Ctx, leadId: string, premisesIds: readonly string[]): Promise<PremisesPick[]> {
  if (premisesIds.length === 0) return [];
  const match = await matchLead(ctx, { leadId });
  const ranked = new Map(match.ranking.premises.map((one) => [one.premisesId, one]));
  return premisesIds.map((premisesId) => {
    const candidate = match.premises.get(premisesId);
    const judged = ranked.get(premisesId);
    if (!candidate || !judged) throw notFree(premisesId);
    return pick(match, candidate, judged);
  });
}

function pick(match: MatchResult, candidate: Candidate, { reasons, price }: RankedPremises): PremisesPick {
  return {
    premisesId: candidate.premisesId,
    runId: match.runId,
    modelId: match.modelId,
    asOf: match.asOf,
    askingRubMonth: valueOrNull(candidate.rentRubMonth),
    facts: {
      name: candidate.name,
      address: candidate.address,
      district: candidate.district,
      bank: candidate.bank,
      areaSqm: valueOrNull(candidate.areaSqm),
      floor: valueOrNull(candidate.floor),
      fitOut: fitOutOf(candidate.fitOut),
      builtYear: valueOrNull(candidate.builtYear),
      water: truthOrNull(candidate.water),
      sewerage: sewerageOf(candidate.sewerage),
      documents: truthOrNull(candidate.documents),
    },
    reasons: favouringReasons(match.lead, candidate, reasons),
    guide: {
      bestRubMonth: valueOrNull(price.bestRubMonth),
      similar: price.similar && {
        n: price.similar.n,
        q25: price.similar.q25RubSqmMonth,
        median: price.similar.medianRubSqmMonth,
        q75: price.similar.q75RubSqmMonth,
      },
    },
  };
}

/** Keeps what was picked; one that is there already keeps the state in which it was picked first. */
export async function keepPicks(ctx: Ctx, proposalId: string, picks: readonly PremisesPick[]): Promise<void> {
  if (picks.length === 0) return;
  await ctx.db
    .insert(proposalPicks)
    .values(picks.map((one) => ({ ...one, proposalId })))
    .onConflictDoNothing();
}

/** A row of `proposal_picks` as `keepPicks` wrote it. */
export function asPick(row: typeof proposalPicks.$inferSelect): PremisesPick {
  return {
    premisesId: row.premisesId,
    runId: row.runId,
    modelId: row.modelId,
    asOf: row.asOf,
    askingRubMonth: row.askingRubMonth,
    facts: row.facts as PickFacts,
    reasons: row.reasons as ClientReason[],
    guide: row.guide as PickGuide,
  };
}

function notFree(premisesId: string): AppError {
  return new AppError(
    "invalid",
    {
      ru: `Помещения ${premisesId} сегодня нет среди свободных. Уберите его из подборки.`,
      en: `Premises ${premisesId} is not free today. Leave it out of the proposal.`,
    },
    { place: "premisesIds" },
  );
}

/** How a premises enters a draft: at what we ask of everybody. */
export function asItem({ premisesId, askingRubMonth }: PremisesPick): ProposalItem {
  return { premisesId, rentRubMonth: askingRubMonth, note: "", hidden: [] };
}
