/** A callback address of our own site, as a path; anything else (another host, a scheme, `//`) leads to the leads. */
export function pathWithin(callbackUrl: string | string[] | undefined): string {
  const home = "/leads";
  if (typeof callbackUrl !== "string") return home;
  const base = "http://ostap.invalid";
  if (!URL.canParse(callbackUrl, base)) return home;
  const url = new URL(callbackUrl, base);
  // A path of ours begins with one slash; browsers read `\` as a slash.
  if (!/^\/(?![/\\])/.test(callbackUrl) || url.origin !== base) return home;
  return url.pathname.startsWith("/login") ? home : `${url.pathname}${url.search}`;
}
