import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import ru from "#/messages/ru.json" with { type: "json" };

const server = path.resolve(import.meta.dirname, "../../../../server");

test("every deed that the server writes into the log has its word, and no word is kept for what nobody writes", () => {
  const written = globSync("**/*.ts", { cwd: server })
    .filter((file) => !file.includes(".test."))
    .flatMap((file) => [...readFileSync(path.join(server, file), "utf8").matchAll(/\baudit\(\s*ctx,\s*"([\w:]+)"/g)])
    .map(([, action]) => action!);
  expect(Object.keys(ru.admin.audit.actionOf).sort()).toEqual([...new Set(written)].sort());
});
