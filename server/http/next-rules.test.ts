import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import nextConfig from "#/next.config.js";
import packageJson from "#/package.json" with { type: "json" };

/** Our own source as git knows it, without tests: they speak of what they forbid. */
const files = execFileSync(
  "git",
  [
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    "app",
    "server",
    "proxy.ts",
    "instrumentation.ts",
    "next.config.js",
  ],
  { encoding: "utf8" },
)
  .split("\n")
  .filter((file) => /\.(tsx?|js)$/.test(file) && !/\.test\.tsx?$/.test(file));
const source = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
const withText = (pattern: RegExp) => [...source].filter(([, text]) => pattern.test(text)).map(([file]) => file);

/** The rules under which the gravest holes of Next.js do not reach us. */
describe("the rules for Next.js", () => {
  test("the source was found", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files).toContain("proxy.ts");
  });

  test("no image optimizer", () => {
    expect(nextConfig).toMatchObject({ images: { unoptimized: true } });
    expect(withText(/from ["']next\/(legacy\/)?image["']/)).toEqual([]);
  });

  test("no pictures made by next/og", () => {
    expect(withText(/["']next\/og["']|ImageResponse/)).toEqual([]);
  });

  test("no `use cache`", () => {
    expect(withText(/["']use cache(: ?\w+)?["']/)).toEqual([]);
    expect(nextConfig).not.toHaveProperty("cacheComponents");
  });

  test("no server actions", () => {
    expect(withText(/["']use server["']/)).toEqual([]);
  });

  test("rights rest on procedures, never on the proxy", () => {
    const proxy = source.get("proxy.ts")!;
    expect(proxy).not.toMatch(/permissions|authorize|\brole\b/);
    // Each procedure begins with a base that says who may call it.
    const routers = [...source].filter(([file]) => file.startsWith("server/trpc/routers/"));
    expect(routers.length).toBeGreaterThan(0);
    for (const [file, text] of routers) {
      const procedures = text.match(/\.(query|mutation|subscription)\(/g) ?? [];
      // One that many share bears its role in its name, and is made of that role's procedure.
      const shared = [...text.matchAll(/^const (\w+)Report = (\w+)Procedure\b/gm)];
      expect(shared.filter(([, named, made]) => named !== made)).toEqual([]);
      const reports = shared.map(([, named]) => `|${named}Report`).join("");
      const base = new RegExp(`: (?:(?:public|manager|owner|admin)Procedure${reports})\\b`, "g");
      expect([file, text.match(base)?.length ?? 0]).toEqual([file, procedures.length]);
      expect(text).not.toMatch(/t\.procedure|initTRPC/);
    }
  });

  test("no rewrites, which have smuggled requests", () => {
    expect(nextConfig).not.toHaveProperty("rewrites");
  });
});

/** Below these versions a hole is known. */
test.each([
  ["next", "16.4.1"],
  ["react", "19.2.1"],
  ["next-auth", "4.24.15"],
  ["@trpc/server", "11.8.0"],
  ["drizzle-orm", "0.45.2"],
  ["zod", "4.6.7"],
])("%s is at least %s", (name, floor) => {
  const version = (packageJson.dependencies as Record<string, string>)[name]!;
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(version.localeCompare(floor, "en", { numeric: true })).toBeGreaterThanOrEqual(0);
});

test("the spreadsheet library with a known hole is not here", () => {
  expect(packageJson.dependencies).not.toHaveProperty("xlsx");
});
