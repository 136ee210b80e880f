/** True for `application/json` with or without parameters, and for nothing that a plain form of another site may send. */
export function isJson(headers: Headers): boolean {
  return headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() === "application/json";
}
