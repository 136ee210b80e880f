import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { AppError } from "../errors.ts";
import { clientAddress, stampClientAddress } from "./client-address.ts";
import { isJson } from "./content-type.ts";
import { localeOfProgram, localeOfScreen } from "./locale.ts";
import { parseJson, readText } from "./read-body.ts";
import { assertSameOrigin } from "./same-origin.ts";
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts";

describe("the client's address", () => {
  const stamped = (headers: Record<string, string>, hops: number, socket = "203.0.113.7") => {
    const request = { headers: { ...headers }, socket: { remoteAddress: socket } } as unknown as IncomingMessage;
    stampClientAddress(request, hops);
    return clientAddress(new Headers(request.headers as Record<string, string>));
  };

  test.each<[string, Record<string, string>, number, string]>([
    [
      "the socket's, whatever a client writes",
      { "x-forwarded-for": "1.2.3.4", "x-ostap-client-address": "5.6.7.8" },
      0,
      "203.0.113.7",
    ],
    [
      "behind one proxy the last one, which it wrote",
      { "x-forwarded-for": "6.6.6.6, 198.51.100.2" },
      1,
      "198.51.100.2",
    ],
    ["behind two the last but one", { "x-forwarded-for": "6.6.6.6, 198.51.100.2, 10.0.0.1" }, 2, "198.51.100.2"],
    ["the socket's where the proxies wrote none", {}, 1, "203.0.113.7"],
  ])("is %s", (_, headers, hops, address) => {
    expect(stamped(headers, hops)).toBe(address);
  });

  test.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
  ])("of %s is the network %s", (socket, address) => {
    expect(stamped({}, 0, socket)).toBe(address);
  });

  test("that nothing stamped is unknown", () => {
    expect(clientAddress(new Headers())).toBe("unknown");
  });
});

describe("a request of another site", () => {
  const refused = (headers: Record<string, string>, publicUrl?: string) => {
    try {
      assertSameOrigin(
        new Request("http://app.example/x", { method: "POST", headers: { host: "app.example", ...headers } }),
        publicUrl,
      );
      return false;
    } catch (error) {
      return error instanceof AppError && error.code === "forbidden";
    }
  };
  test.each<[Record<string, string>, boolean]>([
    [{}, false],
    [{ origin: "http://app.example" }, false],
    [{ "sec-fetch-site": "same-origin", origin: "http://app.example" }, false],
    [{ "sec-fetch-site": "none" }, false],
    [{ origin: "http://app.example:8080" }, true],
    [{ origin: "http://evil.example" }, true],
    [{ origin: "null" }, true],
    [{ origin: "" }, true],
    [{ "sec-fetch-site": "cross-site" }, true],
    [{ "sec-fetch-site": "same-site" }, true],
  ])("%j", (headers, expected) => {
    expect(refused(headers)).toBe(expected);
  });

  test("behind a proxy people's own address is ours too", () => {
    expect(refused({ origin: "https://ostap.example" }, "https://ostap.example/")).toBe(false);
    expect(refused({ origin: "https://other.example" }, "https://ostap.example/")).toBe(true);
  });
});

describe("a body", () => {
  const request = (body: BodyInit) => new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit);

  test("is read up to the limit, counted in bytes", async () => {
    expect(await readText(request("ё".repeat(50)), 100)).toBe("ё".repeat(50));
    await expect(readText(request("ё".repeat(51)), 100)).rejects.toMatchObject({ place: "body:size" });
    expect(await readText(new Request("http://x/"), 100)).toBe("");
  });

  test("that is not UTF-8 is refused", async () => {
    await expect(readText(request(new Uint8Array([0xff, 0xfe])), 100)).rejects.toMatchObject({ code: "invalid" });
  });

  test.each([
    "",
    "{",
    "[1,]",
    '{"__proto__":{}}',
    '{"a":[{"\\u005f\\u005fproto__":1}]}',
    '{"constructor":{"prototype":{}}}',
  ])("%j is no usable JSON", (text) => {
    expect(() => parseJson(text)).toThrow(AppError);
  });

  test("a key that is merely called constructor passes", () => {
    expect(parseJson('{"constructor":"Мостострой"}')).toEqual({ constructor: "Мостострой" });
  });

  test("nested ten thousand deep does no harm", () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    expect(() => {
      try {
        parseJson(deep);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    }).not.toThrow();
  });

  test.each<[string, boolean]>([
    ["application/json", true],
    ["Application/JSON; charset=utf-8", true],
    ["application/json-patch+json", false],
    ["text/plain;application/json", false],
    ["", false],
  ])("of type %j is JSON: %j", (type, expected) => {
    expect(isJson(new Headers({ "content-type": type }))).toBe(expected);
  });
});

describe("the language", () => {
  test.each([
    [undefined, "ru"],
    ["en-US,en;q=0.9", "en"],
    ["ru-RU,ru;q=0.9,en;q=0.8", "ru"],
    ["en;q=0.5, ru;q=0.9", "ru"],
    ["de, fr;q=0.9", "ru"],
    ["en;q=0", "ru"],
    ["EN", "en"],
  ])("of a program that accepts %j is %s", (accepts, locale) => {
    expect(localeOfProgram(new Headers(accepts ? { "accept-language": accepts } : {}))).toBe(locale);
  });

  test("of a screen is the switch's", () => {
    expect(localeOfScreen(new Headers({ cookie: "a=b; NEXT_LOCALE=en" }))).toBe("en");
    expect(localeOfScreen(new Headers({ cookie: "NEXT_LOCALE=xx" }))).toBe("ru");
    expect(localeOfScreen(new Headers({ "accept-language": "en" }))).toBe("ru");
  });
});

describe("headers", () => {
  test("a page runs scripts by nonce alone and is framed by nobody", () => {
    const policy = contentSecurityPolicy("abc", { dev: false, https: true });
    const scripts = policy.split("; ").find((directive) => directive.startsWith("script-src"))!;
    expect(scripts).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    for (const directive of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"])
      expect(policy.split("; ")).toContain(directive);
    expect(policy).not.toContain("unsafe-eval");
  });

  test("https is demanded only where people come by it", () => {
    expect(securityHeaders(true)).toHaveProperty("strict-transport-security");
    expect(securityHeaders(false)).not.toHaveProperty("strict-transport-security");
    expect(contentSecurityPolicy("abc", { dev: false, https: false })).not.toContain("upgrade-insecure-requests");
  });
});
