import type { LeadFacts } from "./facts.ts";
import { TAKEN_DAYS_BACK } from "./timeline/market-index.ts";
import { compare } from "./timeline/order.ts";
import type { MarketTimeline } from "./timeline.ts";

/** A premises that was free for a lead, and what the records say of the two. */
export interface Candidate {
  /** Its place in the day's list of free premises. */
  at: number;
  /** Offered, rented, or judged to suit; false: merely free, or judged not to. */
  suitable: boolean;
  /** Rented. */
  deal: boolean;
  /** A person judged the pair: no longer a guess. */
  judged: boolean;
  /** For one that is merely free: how many free premises it stands for. 1 otherwise. */
  standsFor: number;
}

/** One lead on one day: what is known to suit it, and a sample of the rest that was free. */
export interface CandidateSet {
  lead: LeadFacts;
  /** Leads that accounting knows by the tenant's name only have none. */
  leadId: string | null;
  managerId: string | null;
  day: number;
  /** A lease that nobody recorded as a deal. */
  fromLease: boolean;
  /** A reviewer went through the lead's list: what suits is known in full. Marks tell mistakes only. */
  reviewed: boolean;
  candidates: Candidate[];
}

export interface CandidateOptions {
  seed: number;
  /** Free premises drawn at random for each set. */
  random: number;
  /** Free premises drawn from the lead's plausible size and price. */
  hard: number;
  /** Only sets of days in [from, to). */
  fromDay?: number;
  toDay?: number;
}

/** A hard negative lies within this factor of what suits the lead in area and in rent. */
const HARD_FACTOR = 1.6;
/** A lease that begins so long after a won offer of the same premises is that very deal. */
const SAME_DEAL_DAYS = 150;

interface Known {
  premises: number;
  suitable: boolean;
  deal: boolean;
  judged: boolean;
}

/**
 * Point-in-time sets: for each lead and day on which something was offered, rented or judged, what was free that day.
 * Positives that were not free by the records are left out: nobody could compare them. In the order of days.
 */
export function buildCandidateSets(timeline: MarketTimeline, options: CandidateOptions): CandidateSet[] {
  const { fromDay = Number.NEGATIVE_INFINITY, toDay = Number.POSITIVE_INFINITY } = options;
  const sets = new Map<string, { set: CandidateSet; known: Known[] }>();
  const note = (key: string, set: Omit<CandidateSet, "candidates">, known: Known) => {
    if (!(set.day >= fromDay && set.day < toDay) || known.premises < 0) return;
    const entry = sets.get(key);
    if (entry) {
      entry.known.push(known);
      entry.set.reviewed ||= set.reviewed;
    } else sets.set(key, { set: { ...set, candidates: [] }, known: [known] });
  };
  noteOffers(timeline, note);
  noteLeases(timeline, note);
  noteJudgements(timeline, note);
  const random = seededRandom(options.seed);
  const ordered = [...sets].sort(([a, x], [b, y]) => x.set.day - y.set.day || compare(a, b));
  for (const [, { set, known }] of ordered) set.candidates = drawCandidates(timeline, set, known, options, random);
  return ordered.map(([, { set }]) => set).filter(({ candidates }) => candidates.some((c) => c.suitable || c.judged));
}

type Note = (key: string, set: Omit<CandidateSet, "candidates">, known: Known) => void;

function noteOffers(timeline: MarketTimeline, note: Note): void {
  const leased = new Set(timeline.leases.map((lease) => `${lease.leadId}/${lease.premisesId}`));
  for (const offer of timeline.offers) {
    const then = timeline.leadOn(offer.leadId, offer.offeredDay);
    if (!then) continue;
    const premises = timeline.indexOf(offer.premisesId);
    const day = momentOf(timeline, premises, then, offer.offeredDay);
    const lead = timeline.leadOn(offer.leadId, day) ?? then;
    const deal = offer.outcome === "won" || leased.has(`${offer.leadId}/${offer.premisesId}`);
    note(
      `${offer.leadId}@${day}`,
      { lead, leadId: offer.leadId, managerId: offer.managerId, day, fromLease: false, reviewed: false },
      { premises, suitable: true, deal, judged: false },
    );
  }
}

/** Leases whose deal nobody recorded. Without a lead the tenant's name is all that is known of the wish. */
function noteLeases(timeline: MarketTimeline, note: Note): void {
  const offered = new Set(timeline.offers.map((offer) => `${offer.leadId}/${offer.premisesId}`));
  const wonDays = new Map<string, number[]>();
  for (const offer of timeline.offers)
    if (offer.outcome === "won")
      wonDays.set(offer.premisesId, [...(wonDays.get(offer.premisesId) ?? []), offer.closedDay]);
  for (const lease of timeline.leases) {
    const then = lease.leadId === null ? leadOfTenant(lease.tenant) : timeline.leadOn(lease.leadId, lease.startDay);
    if (!then || offered.has(`${lease.leadId}/${lease.premisesId}`)) continue;
    const recorded = wonDays.get(lease.premisesId)?.some((day) => Math.abs(lease.startDay - day) <= SAME_DEAL_DAYS);
    if (lease.leadId === null && recorded) continue;
    const premises = timeline.indexOf(lease.premisesId);
    const day = momentOf(timeline, premises, then, lease.startDay);
    const lead = (lease.leadId === null ? undefined : timeline.leadOn(lease.leadId, day)) ?? then;
    const set = { lead, leadId: lease.leadId, managerId: null, day, fromLease: true, reviewed: false };
    note(`${lease.leadId ?? lease.leaseId}@${day}`, set, { premises, suitable: true, deal: true, judged: false });
  }
}

/**
 * The moment at which the premises was chosen: the recorded day, or where it had left the market by then, its last free
 * day, but no day before the lead was there. NaN: it was not on the market.
 */
function momentOf(timeline: MarketTimeline, premises: number, lead: LeadFacts, recordedDay: number): number {
  const day = timeline.lastFreeDay(premises, Math.min(recordedDay, timeline.snapshotDay), TAKEN_DAYS_BACK);
  return day < lead.createdDay ? Number.NaN : day;
}

function noteJudgements(timeline: MarketTimeline, note: Note): void {
  for (const judgement of timeline.history.judgements) {
    const { managerId, asOfDay: day, suitable } = judgement;
    const lead = timeline.leadOn(judgement.leadId, day);
    if (!lead) continue;
    const premises = timeline.indexOf(judgement.premisesId);
    const reviewed = judgement.source === "review";
    const set = { lead, leadId: judgement.leadId, managerId, day, fromLease: false, reviewed };
    note(`${judgement.leadId}@${day}`, set, { premises, suitable, deal: false, judged: true });
  }
}

function drawCandidates(
  timeline: MarketTimeline,
  set: CandidateSet,
  known: Known[],
  options: CandidateOptions,
  random: () => number,
): Candidate[] {
  const free = timeline.freeOn(set.day);
  const places = new Map<number, number>();
  for (const [at, premises] of free.premises.entries()) places.set(premises, at);
  const candidates = new Map<number, Candidate>();
  for (const { premises, suitable, deal, judged } of known) {
    const at = places.get(premises);
    if (at === undefined) continue;
    const before = candidates.get(at);
    // A judgement overrules what was merely offered; a rented one suits whoever says what.
    candidates.set(at, {
      at,
      suitable: judged && !before?.deal ? suitable : suitable || (before?.suitable ?? false),
      deal: deal || (before?.deal ?? false),
      judged: judged || (before?.judged ?? false),
      standsFor: 1,
    });
  }
  const positives = [...candidates.values()].filter((c) => c.suitable);
  const rest = Array.from(free.premises.keys()).filter((at) => !candidates.has(at));
  const near = rest.filter((at) => positives.some((c) => isNear(timeline, free, at, c.at)));
  const hard = new Set(sample(near, options.hard, random));
  // Each stratum stands for all of its size, so that weights bring the true shares back.
  const easy = sample(
    rest.filter((at) => !hard.has(at)),
    options.random,
    random,
  );
  for (const at of [...hard, ...easy])
    candidates.set(at, {
      at,
      suitable: false,
      deal: false,
      judged: false,
      standsFor: rest.length / (hard.size + easy.length),
    });
  return [...candidates.values()].sort((a, b) => a.at - b.at);
}

function isNear(
  timeline: MarketTimeline,
  free: { premises: Int32Array; rentRubMonth: Float64Array },
  a: number,
  b: number,
) {
  const area = Math.log(timeline.premises[free.premises[a]!]!.areaSqm / timeline.premises[free.premises[b]!]!.areaSqm);
  const rent = Math.log(free.rentRubMonth[a]! / free.rentRubMonth[b]!);
  return Math.abs(area) < Math.log(HARD_FACTOR) && Math.abs(rent) < Math.log(HARD_FACTOR);
}

function leadOfTenant(tenant: string | null): LeadFacts | null {
  if (tenant === null) return null;
  const unknown = Number.NaN;
  return {
    leadId: null,
    createdDay: unknown,
    brand: tenant,
    trades: [],
    networkSize: unknown,
    areaFromSqm: unknown,
    areaToSqm: unknown,
    budgetRubMonth: unknown,
    bank: null,
    districts: [],
  };
}

/** `count` of `values` without repetition, in the order drawn; all of them where there are fewer. */
function sample(values: number[], count: number, random: () => number): number[] {
  const pool = values.slice();
  const taken = Math.min(count, pool.length);
  for (let i = 0; i < taken; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, taken);
}

/** Mulberry32: small, seeded, the same on every machine. In [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
