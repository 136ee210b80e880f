import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/**
 * Is the guard of the import arrows awake? The house is built anew in an empty folder, with the linter's own settings and
 * one file for each arrow that is drawn or forbidden, and linted. A guard that cannot refuse is no guard.
 */
const checkout = path.resolve(import.meta.dirname, "..");

/** File, what it imports, and whether the house allows it. */
const arrows: [file: string, statement: string, allowed: boolean][] = [
  // db knows nobody, and not even itself by the alias.
  ["db/a.ts", `import { x } from "#/ml/x.ts"`, false],
  ["db/b.ts", `import { x } from "#/server/x.ts"`, false],
  ["db/c.ts", `import { x } from "../server/x.ts"`, false],
  ["db/d.ts", `import { x } from "../ml/x.ts"`, false],
  ["db/schema/e.ts", `import { x } from "../../server/x.ts"`, false],
  ["db/f.ts", `import { x } from "#/db/x.ts"`, false],
  ["db/g.ts", `import { x } from "./x.ts"`, true],
  ["db/h.ts", `import { x } from "drizzle-orm"`, true],
  // ml knows nobody and no framework.
  ["ml/a.ts", `import { x } from "#/db/client.ts"`, false],
  ["ml/b.ts", `import { x } from "#/server/x.ts"`, false],
  ["ml/c.ts", `import { x } from "#/app/x.ts"`, false],
  ["ml/features/d.ts", `import { x } from "../../db/x.ts"`, false],
  ["ml/e.ts", `import { x } from "../server/x.ts"`, false],
  ["ml/f.ts", `import { x } from "drizzle-orm"`, false],
  ["ml/g.ts", `import { x } from "next/headers"`, false],
  ["ml/h.ts", `import { x } from "postgres"`, false],
  ["ml/i.ts", `import { x } from "./x.ts"`, true],
  ["ml/j.ts", `import { x } from "onnxruntime-node"`, true],
  // server joins them; its verbs do not know their callers.
  ["server/leads/a.ts", `import { x } from "#/db/x.ts"`, true],
  ["server/leads/b.ts", `import { x } from "#/ml/x.ts"`, true],
  ["server/leads/c.ts", `import { x } from "#/app/x.ts"`, false],
  ["server/leads/d.ts", `import { x } from "../../app/x.ts"`, false],
  ["server/leads/e.ts", `import { x } from "../trpc/x.ts"`, false],
  ["server/leads/f.ts", `import { x } from "#/server/rest/x.ts"`, false],
  ["server/leads/g.ts", `import { x } from "../rest/x.ts"`, false],
  ["server/leads/h.ts", `import { x } from "../cli/x.ts"`, false],
  ["server/leads/i.ts", `import { x } from "../jobs/tasks.ts"`, false],
  ["server/leads/j.ts", `import { x } from "../jobs/worker.ts"`, false],
  ["server/leads/k.ts", `import { x } from "../jobs/queue.ts"`, true],
  ["server/leads/l.ts", `import { x } from "#/e2e/x.ts"`, false],
  // Callers call verbs and never query.
  ["server/trpc/a.ts", `import { x } from "#/db/client.ts"`, false],
  ["server/trpc/b.ts", `import { x } from "drizzle-orm"`, false],
  ["server/trpc/routers/c.ts", `import { x } from "../../../db/x.ts"`, false],
  ["server/trpc/d.ts", `import { x } from "#/app/x.ts"`, false],
  ["server/trpc/e.ts", `import { x } from "../leads/x.ts"`, true],
  ["server/rest/a.ts", `import { x } from "#/db/schema/index.ts"`, false],
  ["server/rest/b.ts", `import { x } from "postgres"`, false],
  ["server/rest/c.ts", `import { x } from "../leads/x.ts"`, true],
  ["server/cli/a.ts", `import { x } from "../leads/x.ts"`, true],
  ["server/cli/b.ts", `import { x } from "#/app/x.ts"`, false],
  ["server/jobs/tasks.ts", `import { x } from "../leads/x.ts"`, true],
  // app knows server by its types; two doors may call it.
  ["app/a.tsx", `import { x } from "#/server/x.ts"`, false],
  ["app/b.tsx", `import type { x } from "#/server/x.ts"`, true],
  ["app/(manager)/leads/c.tsx", `import { x } from "../../../server/x.ts"`, false],
  ["app/d.tsx", `import { x } from "#/db/x.ts"`, false],
  ["app/e.tsx", `import type { x } from "#/ml/x.ts"`, false],
  ["app/f.tsx", `import { type x, y } from "#/server/x.ts"`, false],
  ["app/api/v1/a.ts", `import { x } from "#/server/x.ts"`, true],
  ["app/api/v1/b.ts", `import { x } from "#/db/x.ts"`, false],
  ["app/api/v1/c.ts", `import { x } from "drizzle-orm"`, false],
  ["app/trpc/server.tsx", `import { x } from "#/server/x.ts"`, true],
  ["app/trpc/d.tsx", `import { x } from "#/ml/x.ts"`, false],
  // e2e looks from outside.
  ["e2e/a.ts", `import { x } from "#/server/x.ts"`, false],
  ["e2e/b.ts", `import { x } from "#/db/client.ts"`, false],
  ["e2e/c.ts", `import { x } from "../app/x.ts"`, false],
  ["e2e/d.ts", `import { x } from "#/db/testing/x.ts"`, true],
  // A circle is refused wherever it is drawn, also by way of the alias.
  ["server/leads/circle-a.ts", `import { x } from "./circle-b.ts"`, false],
  ["server/leads/circle-b.ts", `import { x } from "#/server/leads/circle-a.ts"`, false],
];

const guards = new Set(["lint/style/noRestrictedImports", "lint/suspicious/noImportCycles", "plugin"]);
let house: string;
const refused = new Map<string, string[]>();

beforeAll(async () => {
  house = await mkdtemp(path.join(os.tmpdir(), "ostap-arrows-"));
  for (const part of ["biome.json", "package.json", ".gitignore", "app/types-only.grit"]) {
    await cp(path.join(checkout, part), path.join(house, part));
  }
  for (const [file, statement] of arrows) {
    await mkdir(path.dirname(path.join(house, file)), { recursive: true });
    const isType = statement.startsWith("import type");
    const body = isType ? "export type Z = x;" : `export const z = ${statement.includes(" y }") ? "y" : "x"};`;
    await writeFile(path.join(house, file), `${statement};\n${body}\n`);
  }
  for (const found of await lint()) {
    if (!guards.has(found.category)) continue;
    refused.set(found.location.path, [...(refused.get(found.location.path) ?? []), found.message]);
  }
}, 60_000);

afterAll(() => rm(house, { recursive: true, force: true }));

interface Finding {
  category: string;
  message: string;
  location: { path: string };
}

function lint(): Promise<Finding[]> {
  const biome = path.join(checkout, "node_modules", ".bin", "biome");
  return new Promise((resolve, reject) => {
    execFile(
      biome,
      ["lint", "--reporter=json", "--max-diagnostics=none", "."],
      { cwd: house, maxBuffer: 64 << 20 },
      (_, stdout, stderr) => {
        const from = stdout.indexOf("{");
        if (from < 0) reject(new Error(`Biome said nothing to read: ${stderr}`));
        else resolve((JSON.parse(stdout.slice(from)) as { diagnostics: Finding[] }).diagnostics);
      },
    );
  });
}

test.each(arrows.filter(([, , allowed]) => !allowed))("%s: %s is refused", (file) => {
  expect(refused.get(file) ?? []).not.toEqual([]);
});

test.each(arrows.filter(([, , allowed]) => allowed))("%s: %s passes", (file) => {
  expect(refused.get(file) ?? []).toEqual([]);
});
