/** Which kind of address it is: few enough for the labels of a metric, whatever people ask for. */
export function routeOf(path: string): string {
  if (path.startsWith("/_next/")) return "static";
  if (path === "/api/trpc" || path.startsWith("/api/trpc/")) return "trpc";
  if (path === "/api/v1/match") return "rest match";
  if (path === "/api/v1/marks" || path.startsWith("/api/v1/marks/")) return "rest marks";
  if (path.startsWith("/api/v1/")) return "rest other";
  if (path.startsWith("/api/auth/")) return "auth";
  if (path === "/api/health") return "health";
  if (path === "/metrics") return "metrics";
  if (path.startsWith("/api/")) return "file";
  if (/^\/(p|invite)\//.test(path)) return "shared page";
  return path.startsWith("/admin") ? "admin page" : "page";
}

/** The path as the log may hold it: without what was asked, and without the secrets that stand in some addresses. */
export function pathForLog(url: string): string {
  const path = url.split("?", 1)[0]!;
  return path.replace(/^(\/api)?\/(p|invite)\/[^/]+/, "$1/$2/…").slice(0, 300);
}
