import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test as base, type ConsoleMessage, expect, type Page } from "@playwright/test";
import { type Look, lookInto } from "#/db/testing/look-into.ts";

export { expect };

export type Role = "manager" | "owner" | "admin";

export const home = path.resolve(import.meta.dirname, "../.ostap-e2e");

export interface Login {
  role: Role;
  email: string;
  password: string;
}

export interface Lead {
  id: string;
  brand: string;
}

/** The three people of the market and their passwords. */
export async function logins(): Promise<Login[]> {
  return JSON.parse(await readFile(path.join(home, "demo-logins.json"), "utf8"));
}

export async function loginOf(role: Role): Promise<Login> {
  const found = (await logins()).find((login) => login.role === role);
  if (!found) throw new Error(`The market has no ${role}.`);
  return found;
}

interface Fixtures {
  /** Signs this page's browser in without the form, which has a test of its own. */
  login: (role: Role) => Promise<void>;
  /** A recent lead of the manager who signs in: named by a word long enough to mistype, and with wishes. */
  lead: Lead;
  /** A lead of another manager. */
  foreignLead: Lead;
  /** Complaints of the page's console; each test ends without any. */
  complaints: string[];
}

interface WorkerFixtures {
  look: Look;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  look: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that it needs from here.
    async ({}, use) => {
      const look = await lookInto(home);
      // The tour has a test of its own; elsewhere nobody is new.
      await look.sql`update users set tour_ended_at = now()`;
      await use(look);
      await look.leave();
    },
    { scope: "worker" },
  ],

  // It asks for `look` so that the tour is over before anybody signs in.
  login: async ({ page, look: _ }, use) => {
    await use((role) => signIn(page, role));
  },

  lead: async ({ look }, use) => {
    const [lead] = await look.sql<Lead[]>`
      select l.id, l.brand from leads l join users u on u.manager_id = l.manager_id and u.role = 'manager'
      where l.brand is not null and length(substring(l.brand from '^[[:alpha:]]+')) >= 6
        and (l.budget_rub_month is not null or l.area_to_sqm is not null)
      order by (l.budget_rub_month is not null)::int + (l.area_to_sqm is not null)::int + (l.bank is not null)::int desc,
        l.created_on desc, l.id limit 1`;
    await use(lead!);
  },

  foreignLead: async ({ look }, use) => {
    const [lead] = await look.sql<Lead[]>`
      select id, brand from leads
      where manager_id is not null and manager_id not in (select manager_id from users where manager_id is not null)
      order by created_on desc, id limit 1`;
    await use(lead!);
  },

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message: ConsoleMessage) => {
        if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await use(complaints);
      expect(complaints, "the console is silent").toEqual([]);
    },
    { auto: true },
  ],
});

/** A key as a Russian keyboard sends it: the physical key is the same, the letter is another. */
export async function pressRussian(
  page: Page,
  code: keyof typeof russianKeys,
  held: { shift?: boolean } = {},
): Promise<void> {
  const { key: small, virtual } = russianKeys[code];
  const key = held.shift ? small.toUpperCase() : small;
  const session = await page.context().newCDPSession(page);
  const stroke = { code, key, windowsVirtualKeyCode: virtual, modifiers: held.shift ? shiftModifier : 0 };
  await session.send("Input.dispatchKeyEvent", { type: "keyDown", text: key, ...stroke });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...stroke });
  await session.detach();
}

/** Bit of the Shift key in the protocol's `modifiers`. */
const shiftModifier = 8;

const russianKeys = {
  KeyC: { key: "с", virtual: 67 },
  KeyJ: { key: "о", virtual: 74 },
  KeyK: { key: "л", virtual: 75 },
  KeyM: { key: "ь", virtual: 77 },
  KeyP: { key: "з", virtual: 80 },
  KeyR: { key: "к", virtual: 82 },
  KeyX: { key: "ч", virtual: 88 },
  Slash: { key: ".", virtual: 191 },
  Digit1: { key: "1", virtual: 49 },
  Digit2: { key: "2", virtual: 50 },
  Digit3: { key: "3", virtual: 51 },
} as const;

const russian = "йцукенгшщзхъфывапролджэячсмитьбю";
const english = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";

/** What comes out when someone types Russian with the English layout on. */
export function wrongLayout(text: string): string {
  return [...text.toLowerCase()].map((letter) => english[russian.indexOf(letter)] ?? letter).join("");
}

/** One letter in the middle was not hit. */
export function withTypo(text: string): string {
  return text.slice(0, 3) + text.slice(4);
}

/** Signs the browser of any page in; `login` does it for the test's own. */
export async function signIn(page: Page, role: Role): Promise<void> {
  const { email, password } = await loginOf(role);
  const headers = { origin: test.info().project.use.baseURL! };
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const form = { email, password, csrfToken, json: "true" };
  const answer = await page.request.post("/api/auth/callback/credentials", { form, headers });
  expect(answer.status()).toBe(200);
}

/** A call that a test is not about, by the way the screens take. The page's browser must be signed in. */
export async function call<Answer>(
  page: Page,
  path: string,
  input: unknown,
  verb: "query" | "mutation",
): Promise<Answer> {
  const origin = test.info().project.use.baseURL!;
  const answer =
    verb === "query"
      ? await page.request.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`)
      : await page.request.post(`/api/trpc/${path}`, { data: { json: input }, headers: { origin } });
  expect(answer.status(), path).toBe(200);
  return (await answer.json()).result.data.json;
}

/** A draft of the three best premises of the lead. */
export async function draftProposal(page: Page, lead: Lead): Promise<string> {
  const board = await call<{ items: { premisesId: string; decision: string }[] }>(
    page,
    "matching.board",
    { leadId: lead.id },
    "query",
  );
  const kept = board.items.filter(({ decision }) => decision === "keep").map(({ premisesId }) => premisesId);
  const wanted = { leadId: lead.id, premisesIds: kept.slice(0, 3), locale: "ru", idempotencyKey: randomUUID() };
  return (await call<{ proposalId: string }>(page, "proposals.draft", wanted, "mutation")).proposalId;
}

/** The same, sent, and the path of a link to it. */
export async function sendProposal(page: Page, lead: Lead): Promise<{ proposalId: string; path: string }> {
  const proposalId = await draftProposal(page, lead);
  const { content } = await call<{ content: Record<string, unknown> }>(page, "proposals.get", { proposalId }, "query");
  const contact = { name: "Анна Проверкина", phone: "+7 383 200-00-01", email: "anna@example.ru" };
  const saved = await call<{ revision: number }>(
    page,
    "proposals.save",
    { proposalId, base: 1, content: { ...content, contact } },
    "mutation",
  );
  await call(page, "proposals.send", { proposalId, revision: saved.revision }, "mutation");
  const { token } = await call<{ token: string }>(page, "proposals.share", { proposalId, days: 14 }, "mutation");
  return { proposalId, path: `/p/${token}` };
}

/** A pilot that is open: one that is there, or a new one of the last week that has leads enough. The asker is the owner. */
export async function openPilot(page: Page): Promise<string> {
  const pilots = await call<{ pilotId: string; status: string }[]>(page, "pilot.list", undefined, "query");
  const open = pilots.find(({ status }) => status === "open");
  if (open) return open.pilotId;
  const { weeks, models } = await call<{
    weeks: { weekOn: string; leads: number; drawnFor: number[] }[];
    models: { modelId: number }[];
  }>(page, "pilot.choices", undefined, "query");
  const modelId = models[0]?.modelId;
  const week = weeks.find(({ leads, drawnFor }) => leads >= 10 && modelId !== undefined && !drawnFor.includes(modelId));
  if (!week || modelId === undefined)
    throw new Error("No week is left to draw from: remove .ostap-e2e and begin anew.");
  const wanted = { weekOn: week.weekOn, modelId };
  return (await call<{ pilotId: string }>(page, "pilot.open", wanted, "mutation")).pilotId;
}

/** Answers a drawn lead as the model did: what it removed does not suit. The asker is the owner. */
export async function agreeOnLead(page: Page, look: Look, pilotId: string, place: number): Promise<void> {
  const cases = await look.sql<{ premises_id: string; stratum: string }[]>`
    select premises_id, stratum from pilot_cases where pilot_id = ${pilotId} and place = ${place}`;
  const answers = cases.map(({ premises_id: premisesId, stratum }) => ({
    premisesId,
    answer: stratum === "removed" ? "unsuitable" : "suitable",
  }));
  await call(page, "pilot.answer", { pilotId, place, answers }, "mutation");
}

/** A pilot that has its verdict: one that is there, or an open one answered and signed. The asker is the owner. */
export async function decidedPilot(page: Page, look: Look): Promise<string> {
  const pilots = await call<{ pilotId: string; status: string }[]>(page, "pilot.list", undefined, "query");
  const decided = pilots.find(({ status }) => status === "decided");
  if (decided) return decided.pilotId;
  const pilotId = await openPilot(page);
  for (let place = 1; place <= 10; place++) await agreeOnLead(page, look, pilotId, place);
  await call(page, "pilot.decide", { pilotId }, "mutation");
  return pilotId;
}

/** Sends a file and asks for its import, by the way the screen takes. The page's browser must be an administrator's. */
export async function sendImport(
  page: Page,
  { name, lines, dryRun }: { name: string; lines: readonly string[]; dryRun: boolean },
): Promise<number> {
  const uploadId = await sendUpload(page, name, lines);
  const { runId } = await call<{ runId: number }>(
    page,
    "imports.request",
    { uploadIds: [uploadId], dryRun },
    "mutation",
  );
  return runId;
}

/** Sends a file that then waits to be imported. */
export async function sendUpload(page: Page, name: string, lines: readonly string[]): Promise<string> {
  const answer = await page.request.post(`/api/imports/files?name=${encodeURIComponent(name)}`, {
    data: Buffer.from(`${lines.join("\r\n")}\r\n`),
    headers: { origin: test.info().project.use.baseURL!, "content-type": "application/octet-stream" },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).uploadId;
}

/** Text as Russian Windows writes it. */
export function windows1251(text: string): Buffer {
  const decoder = new TextDecoder("windows-1251");
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Buffer.from([byte])), byte]));
  return Buffer.from([...text].map((letter) => bytes.get(letter) ?? 63));
}

/** A model that was in the shadow: one that is there, or a stricter copy of the active one, which follows a few boards. The asker is an admin. */
export async function shadowedModel(page: Page, look: Look): Promise<number> {
  const [known] = await look.sql<{ modelId: number }[]>`
    select s.model_id as "modelId" from shadows s join shadow_runs r on r.shadow_id = s.id
    where r.outcome = 'scored' order by s.id desc limit 1`;
  if (known) return known.modelId;
  const [made] = await look.sql<{ id: number }[]>`
    insert into models (status, artifact_sha256, artifact_bytes, feature_set_id, as_of, threshold, threshold_basis, snapshot,
      parameters, seed, libraries, report, created_by)
    select 'candidate', artifact_sha256, artifact_bytes, feature_set_id, as_of, threshold * 1.3, threshold_basis, snapshot,
      parameters, seed, libraries, report, created_by
    from models where id = (select model_id from model_aliases where name = 'active') returning id`;
  const modelId = made!.id;
  const { shadowId } = await call<{ shadowId: number }>(page, "shadow.start", { modelId }, "mutation");
  const leads = await look.sql<{ id: string }[]>`select id from leads order by created_on desc, id limit 6`;
  for (const { id: leadId } of leads) await call(page, "matching.board", { leadId }, "query");
  await expect
    .poll(
      () => look.sql`select count(*)::int as n from shadow_runs where shadow_id = ${shadowId} and outcome = 'scored'`,
    )
    .toEqual([{ n: leads.length }]);
  await call(page, "shadow.stop", { shadowId }, "mutation");
  return modelId;
}
