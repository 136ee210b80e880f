import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { installationSecrets } from "./home.ts";
import { useTestHome } from "./testing/test-home.ts";

const home = useTestHome();

test("secrets are made once, kept, and readable by nobody else", () => {
  const place = path.join(home.path, "fresh");
  const first = installationSecrets(place);
  expect(first.nextAuthSecret.length).toBeGreaterThanOrEqual(43);
  expect(installationSecrets(place)).toEqual(first);
  expect(statSync(path.join(place, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(place)).toEqual(["secrets.json"]);
});

test("two homes have different secrets", () => {
  expect(installationSecrets(path.join(home.path, "a"))).not.toEqual(installationSecrets(path.join(home.path, "b")));
});

test("a broken file is not replaced, and the message does not quote it", () => {
  const place = path.join(home.path, "broken");
  mkdirSync(place);
  writeFileSync(path.join(place, "secrets.json"), '{"nextAuthSecret":"short-leak"}');
  expect(() => installationSecrets(place)).toThrow(/secrets\.json is broken/);
  expect(() => installationSecrets(place)).not.toThrow(/short-leak/);
});
