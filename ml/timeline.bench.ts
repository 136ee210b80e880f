import type { MarketHistory } from "./facts.ts";
import { makeMarket } from "./testing/synthetic-market.ts";
import { MarketTimeline } from "./timeline.ts";

// Run: node ml/timeline.bench.ts. Building the timeline of larger and larger markets, each so many copies of one, and how
// long a timer has to wait its turn meanwhile.
const one = makeMarket({ seed: 2, leads: 50_000, premises: 5_000, managers: 30, years: 8 }).history();
let before: number | undefined;
for (const copies of [1, 5, 20]) {
  const history = copied(one, copies);
  const start = performance.now();
  let longestWait = 0;
  let last = start;
  const timer = setInterval(() => {
    longestWait = Math.max(longestWait, performance.now() - last);
    last = performance.now();
  }, 1);
  await MarketTimeline.inSlices(history);
  const time = performance.now() - start;
  clearInterval(timer);
  console.log(
    `${history.premises.length} premises, ${copies * 50_000} leads of which ${history.leads.length} are named, ` +
      `${history.offers.length} offers, ${history.leases.length} leases, ${history.vacancies.length} vacancies: ` +
      `${time.toFixed(0)} ms, ${((time / history.offers.length) * 1000).toFixed(0)} µs an offer` +
      `, the event loop waited ${longestWait.toFixed(0)} ms at most` +
      (before ? `, ${(time / copies / before).toFixed(2)} of linear growth` : ""),
  );
  before ??= time / copies;
}

function copied(history: MarketHistory, copies: number): MarketHistory {
  const name = (id: string, copy: number) => `${id}-${copy}`;
  const each = <Row>(rows: readonly Row[], rename: (row: Row, copy: number) => Row) =>
    rows.flatMap((row) => Array.from({ length: copies }, (_, copy) => rename(row, copy)));
  return {
    ...history,
    premises: each(history.premises, (row, copy) => ({
      ...row,
      premisesId: name(row.premisesId, copy),
      section: row.section && name(row.section, copy),
    })),
    vacancies: each(history.vacancies, (row, copy) => ({ ...row, premisesId: name(row.premisesId, copy) })),
    leases: each(history.leases, (row, copy) => ({
      ...row,
      leaseId: name(row.leaseId, copy),
      premisesId: name(row.premisesId, copy),
      leadId: row.leadId && name(row.leadId, copy),
    })),
    offers: each(history.offers, (row, copy) => ({
      ...row,
      offerId: name(row.offerId, copy),
      leadId: name(row.leadId, copy),
      premisesId: name(row.premisesId, copy),
    })),
    leads: each(history.leads, (row, copy) => ({ ...row, leadId: row.leadId && name(row.leadId, copy) })),
  };
}
