import { expect, it } from "vitest";
import { pathWithin } from "./path-within.ts";

it.each([
  ["/leads/20001?asOf=2026-09-10", "/leads/20001?asOf=2026-09-10"],
  ["/leads?q=%D0%BA%D0%BE%D1%84%D0%B5", "/leads?q=%D0%BA%D0%BE%D1%84%D0%B5"],
  [undefined, "/leads"],
  [["/a", "/b"], "/leads"],
  ["/login?callbackUrl=/x", "/leads"],
  ["//evil.example", "/leads"],
  ["/\\evil.example", "/leads"],
  ["\\\\evil.example", "/leads"],
  ["https://evil.example/leads", "/leads"],
  ["https://app@evil.example", "/leads"],
  ["javascript:alert(1)", "/leads"],
  ["/\t/evil.example", "/leads"],
])("%j leads to %s", (callbackUrl, path) => {
  expect(pathWithin(callbackUrl)).toBe(path);
});
