import { beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { testRuntime } from "../testing/test-runtime.ts";
import { createUser } from "../users/create-user.ts";
import { answerAuth } from "./answer-auth.ts";
import { readActor, readSessionToken, SESSION_SECONDS, writeSessionToken } from "./session.ts";
import { sessionSettings } from "./session-settings.ts";

const database = useTestDatabase();
const home = useTestHome();
const host = "ostap.example.test";
const origin = `http://${host}`;
const email = "anna@example.test";
const password = "correct horse battery";

const ask = (path: string, init: RequestInit = {}, environment: Record<string, string> = {}) =>
  answerAuth(
    new Request(`${origin}/api/auth/${path}`, { ...init, headers: { host, ...init.headers } }),
    testRuntime(database, home.path, environment),
  );

const cookiesOf = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0]!);

/** Goes the way the login page goes: a CSRF token and its cookie first, then the form. */
async function submit(
  action: string,
  fields: Record<string, string>,
  { headers = {}, environment = {} }: { headers?: Record<string, string>; environment?: Record<string, string> } = {},
): Promise<Response> {
  const csrf = await ask("csrf", {}, environment);
  const { csrfToken } = await csrf.json();
  return ask(
    action,
    {
      method: "POST",
      body: new URLSearchParams({ csrfToken, json: "true", ...fields }),
      headers: { origin, cookie: cookiesOf(csrf).join("; "), ...headers },
    },
    environment,
  );
}

const logIn = (fields: Record<string, string> = {}, more: Parameters<typeof submit>[2] = {}) =>
  submit("callback/credentials", { email, password, ...fields }, more);
const sessionCookie = (response: Response) =>
  response.headers.getSetCookie().find((cookie) => cookie.includes("next-auth.session-token="));

beforeAll(async () => {
  await createUser(testCtx(database.connection), { email, name: "Анна", role: "manager", password });
});

describe("the login", () => {
  test("gives a cookie that scripts cannot read and that says nothing but who", async () => {
    const response = await logIn();
    expect(response.status).toBe(200);
    const cookie = sessionCookie(response)!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
    const { env, ctx } = testRuntime(database, home.path);
    const token = await readSessionToken(new Headers({ cookie: cookie.split(";", 1)[0]! }), sessionSettings(env));
    expect(Object.keys(token!).sort()).toEqual(["sessionVersion", "userId"]);
    expect(await readActor(ctx({ kind: "anonymous" }), token)).toMatchObject({ name: "Анна", role: "manager" });
  });

  test("makes the cookie secure where people come by https", async () => {
    const https = { NEXTAUTH_URL: `https://${host}` };
    const cookie = sessionCookie(
      await logIn({}, { environment: https, headers: { origin: `https://${host}`, "sec-fetch-site": "same-origin" } }),
    );
    expect(cookie).toMatch(/^__Secure-.*Secure/i);
  });

  test("refuses a wrong password, an unknown address and a missing field alike", async () => {
    const answers = await Promise.all(
      [
        { email, password: "wrong" },
        { email: "nobody@example.test", password },
        { email, password: "" },
      ].map(async (fields) => {
        const response = await logIn(fields);
        return [response.status, await response.text(), sessionCookie(response)];
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(401);
    expect(answers[0]?.[1]).toContain("error=CredentialsSignin");
  });

  test("answers too many attempts with 429 and when to come again", async () => {
    const fields = { email: "flooded@example.test", password: "wrong" };
    const answers: Response[] = [];
    for (let i = 0; i < 8; i++) answers.push(await logIn(fields));
    const last = answers.at(-1)!;
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await last.text()).toMatch(/error=RateLimited\.\d+/);
  });

  test("does nothing for a form of another site, nor without the token of ours", async () => {
    expect((await logIn({}, { headers: { origin: "https://evil.example" } })).status).toBe(403);
    expect((await logIn({}, { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(403);
    const guessed = await logIn({ csrfToken: "guess" });
    expect([guessed.status, sessionCookie(guessed)]).toEqual([403, undefined]);
  });

  test("audits who came in and who was turned away, and keeps no word that was typed", async () => {
    await logIn({ email: "my secret password" });
    const rows = await testCtx(database.connection).db.select().from(auditLog);
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["session:open", "session:refuse"]));
    expect(JSON.stringify(rows)).not.toMatch(/secret password|correct horse/);
  });
});

describe("where the login leads", () => {
  test.each<[string, string]>([
    ["/leads/20001?asOf=2026-09-10", `${origin}/leads/20001?asOf=2026-09-10`],
    [`${origin}/leads`, `${origin}/leads`],
    ["//evil.example", origin],
    ["/\\evil.example", origin],
    ["https://evil.example/leads", origin],
    [`https://${host}@evil.example`, origin],
    [`${origin}.evil.example`, origin],
    ["/%2F%2Fevil.example", origin],
  ])("asked for %j it stays with us", async (callbackUrl, base) => {
    const { url } = await (await logIn({ callbackUrl })).json();
    const target = new URL(url, origin);
    expect(target.origin).toBe(origin);
    if (base !== origin) expect(target.href).toBe(base);
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x"])(
    "%j is no address at all",
    async (callbackUrl) => {
      const response = await logIn({ callbackUrl });
      expect(await response.text()).not.toContain(callbackUrl.split(":", 1)[0]!);
    },
  );
});

describe("the session", () => {
  const settings = () => sessionSettings(testRuntime(database, home.path).env);

  test("asked about, it is not prolonged", async () => {
    const cookie = sessionCookie(await logIn())!.split(";", 1)[0]!;
    const before = await readSessionToken(new Headers({ cookie }), settings());
    const asked = await ask("session", { headers: { cookie } });
    const again = sessionCookie(asked)!.split(";", 1)[0]!;
    expect(await readSessionToken(new Headers({ cookie: again }), settings())).toEqual(before);
    expect(JSON.stringify(await asked.json())).not.toContain("Анна");
    expect(SESSION_SECONDS).toBeLessThanOrEqual(7 * 24 * 3600);
  });

  test("tampered with, forged with another secret or empty, is nobody's", async () => {
    const good = await writeSessionToken({ userId: 1, sessionVersion: 1 }, settings().secret);
    const forged = await writeSessionToken({ userId: 1, sessionVersion: 1 }, "another secret of thirty-two signs");
    const read = (token: string) =>
      readSessionToken(new Headers({ cookie: `next-auth.session-token=${token}` }), settings());
    expect(await read(good)).toEqual({ userId: 1, sessionVersion: 1 });
    for (const token of [forged, `${good.slice(0, -3)}AAA`, "", "x"]) expect(await read(token)).toBeNull();
  });

  test("ends at the sign-out", async () => {
    const cookie = sessionCookie(await logIn())!.split(";", 1)[0]!;
    const csrf = await ask("csrf");
    const { csrfToken } = await csrf.json();
    const out = await ask("signout", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, json: "true" }),
      headers: { origin, cookie: [...cookiesOf(csrf), cookie].join("; ") },
    });
    expect(sessionCookie(out)).toMatch(/^next-auth\.session-token=;.*Max-Age=0/);
  });
});

test("what of next-auth we do not use does not answer", async () => {
  for (const [method, path] of [
    ["POST", "_log"],
    ["GET", "signout"],
    ["POST", "session"],
    ["POST", "signin/credentials"],
    ["GET", "callback/credentials"],
  ])
    expect((await ask(path!, { method, ...(method === "POST" ? { body: "{}" } : {}) })).status).toBe(404);
});
