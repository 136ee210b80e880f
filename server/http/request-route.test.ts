import { expect, test } from "vitest";
import { pathForLog, routeOf } from "./request-route.ts";

test.each([
  ["/api/trpc/leads.find,me.get", "trpc"],
  ["/api/v1/match", "rest match"],
  ["/api/v1/marks/7b0c9b86", "rest marks"],
  ["/api/v1/openapi.json", "rest other"],
  ["/api/auth/session", "auth"],
  ["/api/health", "health"],
  ["/metrics", "metrics"],
  ["/api/models/3/report", "file"],
  ["/_next/static/x.js", "static"],
  ["/p/…", "shared page"],
  ["/invite/…", "shared page"],
  ["/admin/jobs", "admin page"],
  ["/leads/20001", "page"],
  ["/anything/at/all", "page"],
])("%s is %s", (path, route) => {
  expect(routeOf(path)).toBe(route);
});

test.each([
  ["/leads?q=%D0%90%D0%BD%D0%BD%D0%B0", "/leads"],
  ["/p/s3cr3t-t0k3n", "/p/…"],
  ["/api/p/s3cr3t-t0k3n/pdf", "/api/p/…/pdf"],
  ["/invite/s3cr3t-t0k3n?x=1", "/invite/…"],
  ["/premises/501", "/premises/501"],
  [`/${"x".repeat(5000)}`, `/${"x".repeat(299)}`],
])("the log holds no search and no secret: %s", (url, path) => {
  expect(pathForLog(url)).toBe(path);
});
