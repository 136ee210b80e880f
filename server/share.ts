import { type SQL, sql } from "drizzle-orm";

/** A part that was counted, and how far it can be trusted. */
export interface Share {
  hits: number;
  of: number;
  /** 0..1; this and both ends are null where nothing was counted. */
  share: number | null;
  /** The Wilson 95 % interval. */
  low: number | null;
  high: number | null;
}

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/** `hits` of `of`, both counts, as one value of a row. */
export function share(hits: SQL, of: SQL): SQL<Share> {
  return sql<Share>`json_build_object('hits', (${hits})::int, 'of', (${of})::int,
    'share', (${hits})::double precision / nullif(${of}, 0),
    'low', ${wilson("low", hits, of)}, 'high', ${wilson("high", hits, of)})`;
}

/** One end of the Wilson 95 % interval of `hits` of `n`, in SQL (Wilson 1927); NULL where n is 0. */
export function wilson(end: "low" | "high", hits: SQL, n: SQL): SQL<number> {
  const sign = end === "low" ? sql`-` : sql`+`;
  const some = sql`nullif(${n}, 0)`;
  const share = sql`((${hits})::double precision / ${some})`;
  return sql<number>`((${share} + ${Z * Z}::double precision / (2 * ${some}) ${sign} ${Z}::double precision
    * sqrt(${share} * (1 - ${share}) / ${some} + ${Z * Z}::double precision / (4.0 * ${some} * ${some})))
    / (1 + ${Z * Z}::double precision / ${some}))`;
}
