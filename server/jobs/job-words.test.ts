import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { jobNames } from "./payloads.ts";

test.each(["ru", "en"])("every job has its word on the screen, in %s", async (locale) => {
  const messages = JSON.parse(await readFile(new URL(`../../messages/${locale}.json`, import.meta.url), "utf8"));
  expect(Object.keys(messages.admin.jobs.jobOf).sort()).toEqual([...jobNames].sort());
});
