/** A leaf of two JSON objects that is not the same in both; null: it is not in this one. */
export interface Difference {
  /** Names from the root, `suitability.maxDepth`. */
  place: string;
  one: string | null;
  other: string | null;
}

/** The leaves that differ, by their places in alphabetical order. Pure. */
export function differences(one: object, other: object): Difference[] {
  const [left, right] = [leaves(one), leaves(other)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .sort()
    .map((place) => ({ place, one: left.get(place) ?? null, other: right.get(place) ?? null }))
    .filter((difference) => difference.one !== difference.other);
}

/** Every leaf as text by its place; a list is one leaf. */
export function leaves(object: object, above = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(object)) {
    const place = above === "" ? name : `${above}.${name}`;
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      for (const [inner, text] of leaves(value, place)) found.set(inner, text);
    else found.set(place, typeof value === "string" ? value : JSON.stringify(value));
  }
  return found;
}
