import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** What a page of ours names must be there: a path that has moved makes the rest of the page doubtful. */
const checkout = path.resolve(import.meta.dirname, "..");
const skipped = /(^|[/\\])(node_modules|\.next|\.git|\.ostap[^/\\]*|test-results)($|[/\\])/;
const files = globSync("**/*", { cwd: checkout, exclude: (name) => skipped.test(name) });
const known = new Set([...files, ...globSync(".ci/*", { cwd: checkout })]);
const names = new Set(files.map((file) => path.basename(file)));

const ofOurs = /^(app|server|db|ml|e2e|docs|messages|\.ci)\//;
const bareFile = /^[\w.-]+\.(tsx?|css|grit)$/;

/** What `page`, whose text is given, names and nobody finds: links, paths and names of files between backticks. */
function missing(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)#\s]+)/g)].flatMap(([, link]) =>
    /^[a-z]+:/.test(link!) || known.has(path.join(path.dirname(page), link!)) ? [] : [link!],
  );
  const words = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, quoted]) => quoted!.split(/[\s,;()]+/));
  const named = words.filter((word) => {
    // A pattern stands for many files.
    if (/[*{}$<>=…]/.test(word)) return false;
    if (ofOurs.test(word)) return !known.has(word.replace(/\/$/, ""));
    return bareFile.test(word) && !names.has(word);
  });
  return [...links, ...named];
}

describe("what the documents name", () => {
  const pages = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md", { cwd: checkout })];
  test.each(pages)("in %s is there", (page) => {
    expect(missing(page, readFileSync(path.join(checkout, page), "utf8"))).toEqual([]);
  });

  test("and would be missed", () => {
    const text =
      "[a](gone.md) `server/gone.ts`, `gone.tsx` and [b](architecture.md) `server/audit.ts` `audit.ts` `ml/*.ts`";
    expect(missing("docs/x.md", text)).toEqual(["gone.md", "server/gone.ts", "gone.tsx"]);
  });
});
