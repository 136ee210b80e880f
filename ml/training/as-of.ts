import type { LeadFacts, MarketHistory } from "../facts.ts";

/** The records as they stood at the end of `day`: what came later is gone, what had not ended is open. */
export function historyAsOf(history: MarketHistory, day: number): MarketHistory {
  if (day >= history.snapshotDay) return history;
  const open = (endDay: number) => (endDay > day ? Number.POSITIVE_INFINITY : endDay);
  const known = leadsAt(history, day);
  return {
    ...history,
    snapshotDay: day,
    vacancies: history.vacancies.filter((v) => v.fromDay <= day).map((v) => ({ ...v, toDay: open(v.toDay) })),
    leases: history.leases.filter((l) => l.startDay <= day).map((l) => ({ ...l, endDay: open(l.endDay) })),
    offers: history.offers
      .filter((o) => o.offeredDay <= day)
      .map((o) => (o.closedDay <= day ? o : { ...o, closedDay: Number.NaN, outcome: "open" as const })),
    judgements: history.judgements.filter((j) => j.saidDay <= day && j.asOfDay <= day),
    ...known,
    managers: history.managers.map((m) => ({ ...m, dismissedDay: open(m.dismissedDay) })),
  };
}

/** The leads as they were known at the end of `day`: what they were asked that day is in, what later is not. */
function leadsAt(
  { leads, leadsBefore = [] }: MarketHistory,
  day: number,
): Pick<MarketHistory, "leads" | "leadsBefore"> {
  const then = new Map<string | null, LeadFacts>();
  for (const { lead, lastDay } of leadsBefore.toReversed()) if (lastDay > day) then.set(lead.leadId, lead);
  return {
    leads: leads.filter((lead) => !(lead.createdDay > day)).map((lead) => then.get(lead.leadId) ?? lead),
    leadsBefore: leadsBefore.filter(({ lastDay }) => lastDay <= day),
  };
}
