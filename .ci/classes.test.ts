import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Neither the compiler nor knip looks into CSS modules: a class that is not there is undefined, and one that nobody takes stays. */
const app = path.resolve(import.meta.dirname, "../app");
const read = (file: string) => readFileSync(path.join(app, file), "utf8");

const taken = new Map<string, Set<string>>();
const missing: string[] = [];

/** Names of the classes that a module gives; of `:global(.x)` and of another library's none. */
function classesOf(css: string): Set<string> {
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/:global\([^)]*\)/g, "");
  return new Set([...bare.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name!));
}

for (const file of globSync("**/*.tsx", { cwd: app })) {
  const code = read(file);
  for (const [, name, from] of code.matchAll(/import (\w+) from "([^"]+\.module\.css)"/g)) {
    const module = path.join(path.dirname(file), from!);
    const given = classesOf(read(module));
    const own = taken.get(module) ?? new Set();
    taken.set(module, own);
    for (const [, one] of code.matchAll(new RegExp(`(?<![\\w./-])${name}\\.(\\w+)`, "g"))) {
      own.add(one!);
      if (!given.has(one!)) missing.push(`${file}: ${name}.${one}`);
    }
  }
}

test("every class that a component takes stands in its module", () => {
  expect(missing).toEqual([]);
});

test("every class of a module is taken by some component", () => {
  const dead = globSync("**/*.module.css", { cwd: app }).flatMap((module) =>
    [...classesOf(read(module))]
      .filter((name) => !name.startsWith("mantine-") && !taken.get(module)?.has(name))
      .map((name) => `${module}: .${name}`),
  );
  expect(dead).toEqual([]);
});
