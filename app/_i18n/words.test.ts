import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import en from "../../messages/en.json" with { type: "json" };
import ru from "../../messages/ru.json" with { type: "json" };

interface Words {
  [key: string]: string | Words;
}

/** Where each text stands: `leads.title`, `admin.audit.actionOf.mark:create`. */
function keysOf(words: Words): string[] {
  return Object.entries(words).flatMap(([key, word]) =>
    typeof word === "string" ? [key] : keysOf(word).map((deeper) => `${key}.${deeper}`),
  );
}

const checkout = path.resolve(import.meta.dirname, "../..");
const spoken = new Set(
  globSync("{app,server,ml,db}/**/*.{ts,tsx}", { cwd: checkout })
    .filter((file) => !file.includes(".test."))
    .flatMap((file) => readFileSync(path.join(checkout, file), "utf8").match(/\w+/g) ?? []),
);

test("what one language says the other says, too", () => {
  expect(keysOf(en)).toEqual(keysOf(ru));
});

test("no text is kept that no code can ask for: each part of its key is written somewhere", () => {
  expect(keysOf(ru).filter((key) => key.split(/\W/).some((part) => !spoken.has(part)))).toEqual([]);
});
