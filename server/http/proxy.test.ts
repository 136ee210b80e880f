import { NextRequest } from "next/server";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { writeSessionToken } from "../auth/session.ts";
import { installationSecrets } from "../home.ts";
import { useTestHome } from "../testing/test-home.ts";

const home = useTestHome();
let proxy: typeof import("#/proxy.ts").proxy;
let cookie: string;

beforeAll(async () => {
  vi.stubEnv("OSTAP_HOME", home.path);
  ({ proxy } = await import("#/proxy.ts"));
  const token = await writeSessionToken(
    { userId: 1, sessionVersion: 1 },
    installationSecrets(home.path).nextAuthSecret,
  );
  cookie = `next-auth.session-token=${token}`;
  return () => vi.unstubAllEnvs();
});

const visit = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://ostap.example.test${path}`, { headers }));

describe("a stranger", () => {
  test.each([
    ["/", "/login?callbackUrl=%2F"],
    ["/leads/20001?asOf=2026-09-10", "/login?callbackUrl=%2Fleads%2F20001%3FasOf%3D2026-09-10"],
    ["//evil.example/x", "/login?callbackUrl=%2F%2Fevil.example%2Fx"],
    ["/loginx", "/login?callbackUrl=%2Floginx"],
  ])("who opens %s is sent to %s", async (path, location) => {
    const answer = await visit(path);
    const target = new URL(answer.headers.get("location")!);
    expect([answer.status, target.origin]).toEqual([307, "http://ostap.example.test"]);
    expect(target.pathname + target.search).toBe(location);
  });

  test("gets no further with a made-up cookie or Next's inner headers", async () => {
    const attempts: Record<string, string>[] = [
      { cookie: "next-auth.session-token=x" },
      { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    ];
    for (const headers of attempts) expect((await visit("/leads", headers)).status).toBe(307);
  });

  test("is let to the login page, and to the doors, which ask for themselves", async () => {
    for (const path of ["/login", "/login?callbackUrl=%2F", "/api/trpc/me.get", "/api/v1/match", "/api/health"])
      expect((await visit(path)).headers.get("location")).toBeNull();
  });
});

describe("a client's link", () => {
  test.each(["/p/token", "/api/p/token/pdf"])(
    "%s is open, hidden from search engines, and told to nobody",
    async (path) => {
      const { status, headers } = await visit(path);
      expect([status, headers.get("location")]).toEqual([200, null]);
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-robots-tag")).toContain("noindex");
      expect(headers.get("cache-control")).toContain("no-store");
    },
  );

  test("opens no other page", async () => {
    for (const path of ["/proposals", "/px", "/premises"]) expect((await visit(path)).status).toBe(307);
  });
});

describe("every answer", () => {
  test("guards the browser", async () => {
    for (const answer of [await visit("/leads"), await visit("/leads", { cookie }), await visit("/api/trpc/me.get")]) {
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("referrer-policy")).toBe("same-origin");
      expect(answer.headers.get("permissions-policy")).toContain("camera=()");
    }
  });

  test("of a page has a policy with a nonce of its own, which the page is told", async () => {
    const nonces = await Promise.all(
      ["/leads", "/leads", "/login"].map(async (path) => {
        const { headers } = await visit(path, { cookie });
        const nonce = /'nonce-([\w+/=]+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
        expect(headers.get("x-middleware-request-x-nonce")).toBe(nonce);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(3);
    expect(nonces).not.toContain(undefined);
  });
});
