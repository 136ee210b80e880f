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
const Z = sql`1.959963984540054::double precision`;

/** `hits` of `of`, both counts, as one value of a row. */
export function share(hits: SQL, of: SQL): SQL<Share> {
  return sql<Share>`json_build_object('hits', (${hits})::int, 'of', (${of})::int,
    'share', (${hits})::double precision / nullif(${of}, 0),
    'low', ${wilson("low", hits, of)}, 'high', ${wilson("high", hits, of)})`;
}

/** One end of the Wilson interval of `hits` of `n`, in SQL (Wilson 1927); 95 % unless another `z` is given; NULL where n is 0. */
export function wilson(side: "low" | "high", hits: SQL, n: SQL, z = Z): SQL<number> {
  const sign = side === "low" ? sql`-` : sql`+`;
  const of = sql`nullif(${n}, 0)`;
  const share = sql`((${hits})::double precision / ${of})`;
  const end = sql`(${share} + ${z} * ${z} / (2 * ${of}) ${sign} ${z}
    * sqrt(${share} * (1 - ${share}) / ${of} + ${z} * ${z} / (4.0 * ${of} * ${of}))) / (1 + ${z} * ${z} / ${of})`;
  // Of none and of all the formula ends at 0 and at 1 but for the last bit, which a chart would show as a share below zero.
  const whole = side === "low" ? sql`0` : n;
  return sql<number>`case when (${hits}) = (${whole}) and (${n}) > 0 then ${side === "low" ? 0 : 1}::double precision else ${end} end`;
}

/**
 * How much larger the share `a` is than the share `b`, with its interval, as `{ value, low, high }` in −1..1: two independent
 * shares, Newcombe's hybrid of their Wilson intervals (Newcombe 1998, Statistics in Medicine 17, method 10). All three are null
 * where one of the two counted nothing.
 */
export function differenceOfShares(a: Counts, b: Counts, z = Z): SQL<Difference> {
  const [p, q] = [shareOf(a), shareOf(b)];
  const reach = (upper: Counts, lower: Counts) =>
    sql`sqrt(pow(${wilson("high", upper.hits, upper.of, z)} - ${shareOf(upper)}, 2)
      + pow(${shareOf(lower)} - ${wilson("low", lower.hits, lower.of, z)}, 2))`;
  return sql<Difference>`json_build_object('value', ${p} - ${q},
    'low', ${p} - ${q} - ${reach(b, a)}, 'high', ${p} - ${q} + ${reach(a, b)})`;
}

const shareOf = ({ hits, of }: Counts) => sql`((${hits})::double precision / nullif(${of}, 0))`;

interface Counts {
  hits: SQL;
  of: SQL;
}

export interface Difference {
  value: number | null;
  low: number | null;
  high: number | null;
}
