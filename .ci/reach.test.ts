import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/**
 * What answers people must never train: native code that crashes, or eats all memory, would take their pages along. The linter
 * sees one import at a time; here the whole way is walked, from every file of the web side along everything it loads.
 */
const checkout = path.resolve(import.meta.dirname, "..");
const webSide = ["app", "server/trpc", "server/rest", "instrumentation.ts", "proxy.ts"];
const apart = [
  "server/training/train-apart.ts",
  "server/training/run-training.ts",
  "server/training/train-model.ts",
  "server/training/training-process.ts",
  "ml/training/train.ts",
  "ml/training/adopt.ts",
  "ml/xgboost/booster.ts",
];

/** Reads a file by its path below the checkout; null: there is none. */
type Read = (file: string) => string | null;

const fromDisk: Read = (file) => {
  const full = path.join(checkout, file);
  return existsSync(full) ? readFileSync(full, "utf8") : null;
};

const imported =
  /(?:^|\n)\s*(import|export)\s+(type\s)?((?:[^"';]*?\sfrom\s+)?)["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g;

/** What a file loads of ours: types are gone when it runs, `{ type x }` alone leaves the import standing. */
function loads(file: string, text: string): string[] {
  return [...text.matchAll(imported)].flatMap(([, , isType, , still, dynamic]) => {
    const name = still ?? dynamic;
    if (name === undefined || isType) return [];
    if (name.startsWith("#/")) return [name.slice(2)];
    return name.startsWith(".") ? [path.posix.join(path.posix.dirname(file), name)] : [];
  });
}

/** The first way from any of the files to any of the goals; null: there is none. */
function wayTo(goals: readonly string[], from: readonly string[], read: Read): string[] | null {
  const before = new Map<string, string | null>(from.map((file) => [file, null]));
  const queue = [...from];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    if (goals.includes(file)) {
      const way = [file];
      for (let at = before.get(file); at; at = before.get(at)) way.unshift(at);
      return way;
    }
    const text = read(file);
    if (text === null) continue;
    for (const next of loads(file, text)) {
      if (before.has(next)) continue;
      before.set(next, file);
      queue.push(next);
    }
  }
  return null;
}

function filesBelow(place: string): string[] {
  const full = path.join(checkout, place);
  if (/\.tsx?$/.test(place)) return existsSync(full) ? [place] : [];
  return readdirSync(full, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => path.posix.join(place, name));
}

const web = webSide.flatMap(filesBelow);

describe("the web side", () => {
  test("is walked whole: the doors lead to verbs, and those to ml", () => {
    expect(web.length).toBeGreaterThan(100);
    expect(wayTo(["ml/rank.ts"], web, fromDisk)?.length).toBeGreaterThan(2);
    for (const goal of apart) expect(existsSync(path.join(checkout, goal)), goal).toBe(true);
  });

  test.each(apart)("never comes to %s", (goal) => {
    expect(wayTo([goal], web, fromDisk)).toBeNull();
  });
});

describe("the walk finds what is planted", () => {
  const planted = (files: Record<string, string>): Read => {
    return (file) => files[file] ?? null;
  };
  test.each([
    ["a value, by a relative path", `import { trainApart } from "../training/train-apart.ts";`],
    ["a value, by the alias", `import { trainApart } from "#/server/training/train-apart.ts";`],
    ["for its effects alone", `import "#/server/training/train-apart.ts";`],
    ["a name passed on", `export { trainApart } from "../training/train-apart.ts";`],
    ["over several lines", `import {\n  type A,\n  trainApart,\n} from "../training/train-apart.ts";`],
    ["later, when it is asked for", `const load = () => import("../training/train-apart.ts");`],
  ])("%s", (_, line) => {
    const read = planted({
      "server/trpc/a.ts": `import { b } from "../leads/b.ts";`,
      "server/leads/b.ts": line,
    });
    expect(wayTo(apart, ["server/trpc/a.ts"], read)).toEqual([
      "server/trpc/a.ts",
      "server/leads/b.ts",
      "server/training/train-apart.ts",
    ]);
  });

  test("and no way where only a type is named", () => {
    const read = planted({ "server/trpc/a.ts": `import type { Apart } from "../training/train-apart.ts";` });
    expect(wayTo(apart, ["server/trpc/a.ts"], read)).toBeNull();
  });
});
