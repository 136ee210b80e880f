const sources = ["reviewed", "offered_and_rented", "none"] as const;

export interface Basis {
  /** Leads on which the threshold was measured. */
  n: number;
  /** So many of ten leads keep all that suits them: `alpha` 0.2 promises 8. */
  kept: number;
  source: (typeof sources)[number];
}

/** What a threshold rests on, as a model's card says it; null where it does not. */
export function readBasis(basis: Record<string, unknown>): Basis | null {
  const { n, alpha } = basis;
  const source = sources.find((known) => known === basis.source);
  if (typeof n !== "number" || typeof alpha !== "number" || n <= 0 || !source) return null;
  return { n, kept: Math.round((1 - alpha) * 10), source };
}
