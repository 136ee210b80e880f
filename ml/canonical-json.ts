/**
 * JSON with sorted keys: equal values give equal text. Throws `TypeError` on what JSON would silently turn into null or
 * drop: NaN, infinities, undefined, functions, and objects that are no plain records (a typed array, a Map, a Date).
 */
export function canonicalJson(value: unknown, path = "value"): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}, which JSON cannot hold`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => canonicalJson(item, `${path}[${index}]`)).join(",")}]`;
  }
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, `${path}.${key}`)}`).join(",")}}`;
  }
  throw new TypeError(`${path} is no plain JSON value`);
}
