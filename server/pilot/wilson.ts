import { type SQL, sql } from "drizzle-orm";

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/** One end of the Wilson 95 % interval of `hits` of `n`, in SQL (Wilson 1927); NULL where n is 0. */
export function wilson(end: "low" | "high", hits: SQL, n: SQL): SQL<number> {
  const sign = end === "low" ? sql`-` : sql`+`;
  const share = sql`((${hits})::double precision / nullif(${n}, 0))`;
  return sql<number>`((${share} + ${Z * Z}::double precision / (2 * (${n})) ${sign} ${Z}::double precision
    * sqrt(${share} * (1 - ${share}) / nullif(${n}, 0) + ${Z * Z}::double precision / (4.0 * (${n}) * (${n}))))
    / (1 + ${Z * Z}::double precision / nullif(${n}, 0)))`;
}
