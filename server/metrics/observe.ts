import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** From a cached answer to a match among a hundred thousand premises, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

function makeMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "ostap_" });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: "ostap_http_request_duration_seconds",
      help: "Duration of HTTP requests by kind of address, method and class of status.",
      labelNames: ["route", "method", "status"],
      buckets,
      registers,
    }),
    procedures: new Histogram({
      name: "ostap_procedure_duration_seconds",
      help: "Duration of tRPC procedures by path; outcome is ok, or the code of the refusal.",
      labelNames: ["procedure", "outcome"],
      buckets,
      registers,
    }),
    matches: new Histogram({
      name: "ostap_match_duration_seconds",
      help: "Duration of matches of one lead, by who judged: the model or the hand rules.",
      labelNames: ["judge"],
      buckets,
      registers,
    }),
    scrapeFailures: new Counter({
      name: "ostap_scrape_failures_total",
      help: "Scrapes in which the database could not be asked: what is read from it is missing from them.",
      registers,
    }),
  };
}

type Metrics = ReturnType<typeof makeMetrics>;

/** One a process: Next loads this module once for each of its bundles, and all must count into the same. */
const kept = globalThis as typeof globalThis & { ostapMetrics?: Metrics };

export function metrics(): Metrics {
  kept.ostapMetrics ??= makeMetrics();
  return kept.ostapMetrics;
}

/** Of a match that was answered. */
export function observeMatch(judge: "model" | "rules", milliseconds: number): void {
  metrics().matches.observe({ judge }, milliseconds / 1000);
}

/** Of a procedure that exists: names from outside never become labels. */
export function observeProcedure(procedure: string, outcome: string, milliseconds: number): void {
  metrics().procedures.observe({ procedure, outcome }, milliseconds / 1000);
}
