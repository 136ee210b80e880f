import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import { castLeads, castManagers, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import type { AppError } from "../errors.ts";
import { markMistake } from "../feedback/mark-mistake.ts";
import { withdrawMark } from "../feedback/withdraw-mark.ts";
import { changeSetting } from "../settings/change-setting.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { findLeads, findLeadsInput } from "./find-leads.ts";
import { getLead } from "./get-lead.ts";
import { listChoices } from "./list-choices.ts";
import { noteLook } from "./note-look.ts";

const database = useTestDatabase();
const CROWD = 50_000;
const anna: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id };
const nobody: Actor = { kind: "user", userId: 2, name: "Новый", role: "manager", managerId: null };
const admin: Actor = { kind: "user", userId: 3, name: "Админ", role: "admin", managerId: null };
const as = (actor: Actor) => testCtx(database.connection, actor);
const find = (actor: Actor, query?: string, more: { limit?: number; cursor?: string | null } = {}) =>
  findLeads(as(actor), findLeadsInput.parse({ query, ...more }));
const ids = async (actor: Actor, query?: string) => (await find(actor, query)).leads.map(({ leadId }) => leadId);
const { coffee, pharmacy, flowers } = castLeads;

/** Ordinary leads of a manager who is none of the cast, all older than the cast's. */
async function insertCrowd(): Promise<void> {
  const { db } = database.connection;
  await db.insert(managers).values({ id: "999", name: "Григорий Сом" });
  await db.execute(sql`
    insert into leads (id, created_on, manager_id, brand, trades, districts, search_text)
    select id, date '2020-01-01' + i % 2000, '999', brand, array[trade], array['Заельцовский'],
      lower(id || ' ' || brand || ' ' || trade || ' заельцовский 7913' || lpad(i::text, 7, '0'))
    from (
      select i, 'x' || i as id, 'Бренд ' || md5(i::text) as brand,
        (array['пекарня', 'одежда', 'ремонт обуви', 'стоматология', 'цветы'])[1 + i % 5] as trade
      from generate_series(1, ${CROWD}::int) i
    ) made`);
  await db.execute(sql`analyze leads`);
}

beforeAll(async () => {
  await insertCast(database.connection.db);
  await insertCrowd();
});

describe("what is found", () => {
  test.each([
    ["a CRM id", "20001", coffee.id],
    ["a CRM id with its sign", "№ 20001", coffee.id],
    ["the link of its card", "https://firm.bitrix24.ru/crm/lead/details/20001/", coffee.id],
    ["a brand, ё as е", "елка", coffee.id],
    ["a brand, е as ё", "ЁЛКА", coffee.id],
    ["a trade", "кофейня", coffee.id],
    ["words in any order", "кофе центральный", coffee.id],
    ["a district", "ленинский", pharmacy.id],
    ["a phone in any writing", "8 (900) 000-00-02", pharmacy.id],
    ["the wrong layout", "fgntrf", pharmacy.id],
    ["the wrong layout, a key that is no letter", "`krf", coffee.id],
    ["a letter off", "кафейня", coffee.id],
    ["a letter missing", "аптка", pharmacy.id],
    ["letters swapped", "октябрьсикй", pharmacy.id],
    ["letters swapped in a short word", "апетка", pharmacy.id],
    ["the wrong layout with a letter off", "fgntkf", pharmacy.id],
  ])("by %s", async (_, query, id) => {
    expect((await ids(admin, query))[0]).toBe(id);
  });

  test("a CRM id that fits exactly comes first", async () => {
    const { leads: found } = await find(admin, "x7", { limit: 5 });
    expect(found[0]?.leadId).toBe("x7");
    expect(found.filter(({ leadId }) => leadId === "x7")).toHaveLength(1);
  });

  test("wildcards are only signs", async () => {
    for (const query of ["%", "_", "%%%", "___", "\\", "';--"]) expect(await ids(admin, query)).toEqual([]);
  });

  test("no number that is like the one asked for", async () => {
    for (const query of ["200099", "8 (900) 000-00-09"]) expect(await ids(admin, query)).toEqual([]);
  });

  test("a frequent word put right fills a page, and a rare one is found behind the first thousands", async () => {
    const { leads: often, nextCursor } = await find(admin, "стамотология");
    expect(often.map(({ trades }) => trades)).toEqual(Array(30).fill(["стоматология"]));
    expect(nextCursor).not.toBeNull();
    await withOldest("планетарий", async (id) => expect(await ids(admin, "планитарий")).toEqual([id]));
  });

  test("nothing retyped where something holds the words as they were typed", async () => {
    const oldest = async (query: string) =>
      (await findLeads(as(admin), findLeadsInput.parse({ query, sort: "oldest" }))).leads.map(({ leadId }) => leadId);
    await withOldest("ч4999", async (id) => {
      const typed = await oldest("x4999");
      expect(typed).toHaveLength(11);
      expect(typed).not.toContain(id);
      expect(await oldest("ч4999")).toEqual([id]);
    });
    expect(await oldest("ч4999")).toHaveLength(11);
  });

  /** One more lead behind all others, for as long as the work takes. */
  async function withOldest(word: string, work: (id: string) => Promise<void>): Promise<void> {
    const { db } = database.connection;
    await db.insert(leads).values({ id: "oldest", createdOn: "2019-12-31", searchText: `oldest ${word}` });
    try {
      await work("oldest");
    } finally {
      await db.delete(leads).where(eq(leads.id, "oldest"));
    }
  }

  test("nothing where nothing is like it", async () => {
    expect(await find(admin, "щщщщщщ ъъъъъъ")).toEqual({ leads: [], nextCursor: null });
  });
});

describe("whose leads", () => {
  test("a manager finds his own and unassigned ones, newest first", async () => {
    expect(await ids(anna)).toEqual([flowers.id, coffee.id]);
    expect(await ids(anna, pharmacy.brand)).toEqual([]);
    expect(await ids(anna, pharmacy.id)).toEqual([]);
    expect((await find(anna)).leads.map(({ mine }) => mine)).toEqual([false, true]);
  });

  test("a manager whom the CRM does not know finds unassigned ones alone", async () => {
    expect(await ids(nobody)).toEqual([flowers.id]);
  });

  test("everybody else finds all", async () => {
    expect((await ids(admin)).slice(0, 3)).toEqual([flowers.id, pharmacy.id, coffee.id]);
    expect((await find(admin)).leads[1]).toMatchObject({ managerName: castManagers.boris.name, mine: false });
  });

  test("a foreign lead is answered like one that is not there", async () => {
    const refused = (leadId: string) =>
      getLead(as(anna), { leadId }).then(
        () => expect.unreachable(),
        (error: AppError) => error,
      );
    const [foreign, missing] = [await refused(pharmacy.id), await refused("nope")];
    expect(foreign.code).toBe("not_found");
    expect(foreign.message.replace(pharmacy.id, "nope")).toBe(missing.message);
    expect(await getLead(as(anna), { leadId: coffee.id })).toMatchObject({ brand: coffee.brand, mine: true });
  });
});

describe("filters", () => {
  const narrowed = async (actor: Actor, filters: object) =>
    (await findLeads(as(actor), findLeadsInput.parse({ limit: 50, ...filters }))).leads.map(({ leadId }) => leadId);

  test.each([
    ["a period", { from: "2026-09-03", to: "2026-09-04" }, [pharmacy.id]],
    ["a district", { district: "Октябрьский" }, [pharmacy.id]],
    ["a district that is but a part of a name", { district: "Октябр" }, []],
    ["a trade", { trade: "кофейня" }, [coffee.id]],
    ["a manager", { ofManager: castManagers.anna.id }, [coffee.id]],
    ["nobody's", { whose: "unassigned" }, [flowers.id]],
    ["all wishes filled", { fill: "full" }, [pharmacy.id, coffee.id]],
    ["some of them, lately", { fill: "some", from: "2026-01-01" }, [flowers.id]],
    ["none", { fill: "none" }, []],
    ["two at once", { fill: "full", district: "Центральный" }, [coffee.id]],
    ["words among them", { query: "аптека", fill: "full" }, [pharmacy.id]],
    ["words that lie outside", { query: "аптека", fill: "some" }, []],
    ["a CRM id that lies outside", { query: pharmacy.id, district: "Центральный" }, []],
  ])("by %s", async (_, filters, expected) => {
    expect(await narrowed(admin, filters)).toEqual(expected);
  });

  test("the oldest first, page by page", async () => {
    const filters = { trade: "цветы", sort: "oldest", limit: 7 } as const;
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let i = 0; i < 3; i++) {
      const found = await findLeads(as(admin), findLeadsInput.parse({ ...filters, cursor }));
      seen.push(...found.leads.map(({ createdOn, leadId }) => `${createdOn} ${leadId}`));
      cursor = found.nextCursor;
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toHaveLength(21);
  });

  test("a filter opens nothing: a manager's are still his own and unassigned", async () => {
    expect(await narrowed(anna, { ofManager: castManagers.boris.id })).toEqual([]);
    expect(await narrowed(anna, { whose: "mine" })).toEqual([coffee.id]);
    expect(await narrowed(nobody, { whose: "mine" })).toEqual([]);
    expect((await listChoices(as(anna))).managers).toBeNull();
    expect((await listChoices(as(admin))).managers?.map(({ name }) => name)).toContain(castManagers.boris.name);
  });

  test("marked, until the mark is withdrawn, and by his own marks to a manager", async () => {
    const boris: Actor = { ...anna, userId: 5, managerId: castManagers.boris.id };
    const { mark } = await markMistake(as(boris), {
      leadId: flowers.id,
      premisesId: "501",
      mark: "wrongly_kept",
      idempotencyKey: "flowers",
    });
    expect(await narrowed(admin, { seen: "marked" })).toEqual([flowers.id]);
    expect(await narrowed(boris, { seen: "marked" })).toEqual([flowers.id]);
    expect(await narrowed(anna, { seen: "marked" })).toEqual([]);
    expect((await find(admin, flowers.id)).leads[0]).toMatchObject({ marks: 1 });
    await withdrawMark(as(boris), { markId: mark.markId });
    expect(await narrowed(admin, { seen: "marked" })).toEqual([]);
  });

  test("not looked at, until a person has", async () => {
    expect(await narrowed(anna, { seen: "unseen" })).toEqual([flowers.id, coffee.id]);
    await noteLook(testCtx(database.connection), coffee.id);
    await noteLook(as(anna), flowers.id);
    expect(await narrowed(anna, { seen: "unseen" })).toEqual([coffee.id]);
    expect((await find(anna)).leads.map(({ seen }) => seen)).toEqual([true, false]);
    await database.connection.db.update(leads).set({ lookedAt: null });
  });
});

describe("when an administrator opens all leads", () => {
  test("a manager reads them; marks stay on his own", async () => {
    await expect(changeSetting(as(anna), { name: "managersSeeAllLeads", value: true })).rejects.toMatchObject({
      code: "forbidden",
    });
    await changeSetting(as(admin), { name: "managersSeeAllLeads", value: true });
    expect(await ids(anna, pharmacy.brand)).toEqual([pharmacy.id]);
    expect(await getLead(as(anna), { leadId: pharmacy.id })).toMatchObject({ mine: false, mayAnswer: false });
    const mark = { leadId: pharmacy.id, premisesId: "501", mark: "wrongly_kept", idempotencyKey: "open" } as const;
    await expect(markMistake(as(anna), mark)).rejects.toMatchObject({ code: "not_found" });
    await changeSetting(as(admin), { name: "managersSeeAllLeads", value: false });
    expect(await ids(anna, pharmacy.brand)).toEqual([]);
    const lines = await database.connection.db.execute(
      sql`select actor, detail from audit_log where action = 'setting:change' order by id`,
    );
    expect(lines).toEqual([
      { actor: "user:3", detail: { before: false, value: true } },
      { actor: "user:3", detail: { before: true, value: false } },
    ]);
  });
});

describe("pages", () => {
  test.each([undefined, "пекарня", "пекарна"])("of %j hold every lead once, in order", async (query) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 5; page++) {
      const found = await find(admin, query, { limit: 7, cursor });
      seen.push(...found.leads.map(({ leadId }) => leadId));
      cursor = found.nextCursor;
      expect(cursor).not.toBeNull();
    }
    expect(new Set(seen).size).toBe(35);
    expect((await find(admin, query, { limit: 35 })).leads.map(({ leadId }) => leadId)).toEqual(seen);
  });

  test("end", async () => {
    const first = await find(anna, undefined, { limit: 1 });
    const second = await find(anna, undefined, { limit: 1, cursor: first.nextCursor });
    expect([first.nextCursor === null, second.nextCursor]).toEqual([false, null]);
  });

  test("of a cursor that we did not write are refused", async () => {
    for (const cursor of ["", "x", Buffer.from('["typed","2020-01-01"]').toString("base64url")])
      await expect(find(admin, "кофе", { cursor })).rejects.toMatchObject({ code: "invalid", place: "cursor" });
  });
});

/** Runs a search while Postgres writes its plans down, and returns the plans of what it ran. */
async function plansOf(search: (ctx: ReturnType<typeof as>) => Promise<unknown>, actor: Actor): Promise<string> {
  const plans: string[] = [];
  const ctx = as(actor);
  const { db } = ctx;
  const explained = new Proxy(db, {
    get(target, property) {
      if (property !== "transaction") return Reflect.get(target, property);
      return (work: (tx: unknown) => Promise<unknown>) =>
        target.transaction(async (tx) => {
          const session = (tx as unknown as { session: { prepareQuery: (...args: unknown[]) => unknown } }).session;
          const prepare = session.prepareQuery.bind(session);
          session.prepareQuery = (query: unknown, ...rest: unknown[]) => {
            const { sql: text, params } = query as { sql: string; params: unknown[] };
            const run = prepare(query, ...rest) as { execute: (...args: unknown[]) => Promise<unknown> };
            const execute = run.execute.bind(run);
            run.execute = async (...args) => {
              if (/from "leads"/.test(text)) {
                const client = (session as unknown as { client: typeof ctx.sql }).client;
                const rows = await client.unsafe(`explain ${text}`, params as never[]);
                plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
              }
              return execute(...args);
            };
            return run;
          };
          return work(tx);
        });
    },
  });
  await search({ ...ctx, db: explained });
  return plans.join("\n\n");
}

describe("among fifty thousand leads", () => {
  test.each([
    ["no query", undefined],
    ["a frequent word", "пекарня"],
    ["a rare word", "елка"],
    ["two words", "стоматология заельцовский"],
    ["nothing there", "шиномонтаж"],
    ["a typing error", "стамотология"],
    ["the wrong layout", "cnjvfnjkjubz"],
    ["one letter", "ш"],
    ["a CRM id", "x49999"],
  ])("%s walks an index for everybody", async (_, query) => {
    await expectIndexes({ query });
  });

  test.each([
    { from: "2024-01-01", to: "2024-02-01" },
    { district: "Заельцовский" },
    { district: "Ленинский" },
    { trade: "пекарня" },
    { trade: "шиномонтаж" },
    { ofManager: "999" },
    { whose: "mine" },
    { whose: "unassigned" },
    { fill: "none" },
    { fill: "some" },
    { fill: "full" },
    { seen: "unseen" },
    { seen: "marked" },
    { sort: "oldest" },
    { sort: "oldest", query: "пекарня", district: "Заельцовский", fill: "some", seen: "unseen", from: "2021-01-01" },
  ])("%j walks an index for everybody", async (filters) => {
    await expectIndexes(filters);
  });

  async function expectIndexes(input: object): Promise<void> {
    for (const actor of [anna, admin]) {
      const plans = await plansOf((ctx) => findLeads(ctx, findLeadsInput.parse(input)), actor);
      expect(plans).toContain("Index");
      expect(plans).not.toMatch(/Seq Scan on leads/);
    }
  }
});
