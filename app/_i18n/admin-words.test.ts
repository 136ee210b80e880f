import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import ru from "../../messages/ru.json" with { type: "json" };
import { adminWords } from "./admin-words.ts";

const app = path.resolve(import.meta.dirname, "..");

/** Which files of the app say words of which namespace in a browser. */
const saidIn = new Map<string, string[]>();
for (const entry of readdirSync(app, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
  const file = path.join(entry.parentPath, entry.name);
  for (const [, namespace] of readFileSync(file, "utf8").matchAll(/useTranslations\("(\w+)/g)) {
    const files = saidIn.get(namespace!) ?? [];
    saidIn.set(namespace!, [...files, path.relative(app, file)]);
  }
}
const kept: readonly string[] = adminWords;
/** These bring their own words: `(admin)/layout.tsx` all of them, an invitation its two. */
const bringsOwn = /^(\(admin\)|invite)\//;
/** Parts of pages: whose, their users tell. */
const isPart = /^(_ui|_charts)\//;

describe("words that only administrators' pages say", () => {
  it("are said by no page of managers and clients", () => {
    const missed = kept.flatMap((namespace) =>
      (saidIn.get(namespace) ?? []).filter((file) => !bringsOwn.test(file) && !isPart.test(file)),
    );
    expect(missed).toEqual([]);
  });

  it("are all kept from those pages", () => {
    const sent = Object.keys(ru).filter((namespace) => {
      const files = saidIn.get(namespace) ?? [];
      return files.length > 0 && files.every((file) => bringsOwn.test(file)) && !kept.includes(namespace);
    });
    expect(sent).toEqual([]);
  });
});
