import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { searchText } from "../leads/search-text.ts";
import { takeFreeSnapshot } from "../premises/take-free-snapshot.ts";
import { emptyMarket } from "../testing/empty-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { exportImportReport } from "./export-import-report.ts";
import { importFiles } from "./import-files.ts";

const database = useTestDatabase();
let folder: string;
let ctx: Ctx;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ostap-import-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  ctx = testCtx(database.connection);
  await emptyMarket(ctx);
});

/** Lines of a table in a file of its own; CRLF, as Windows tools write. */
async function file(name: string, lines: string[] | Buffer) {
  const bytes = Buffer.isBuffer(lines) ? lines : Buffer.from(`\ufeff${lines.join("\r\n")}\r\n`);
  const full = path.join(folder, name);
  await writeFile(full, bytes);
  return { name, path: full };
}

async function importOf(name: string, lines: string[] | Buffer, dryRun = false) {
  const report = await importFiles(ctx, { files: [await file(name, lines)], dryRun });
  return { ...report.files[0]!, runId: report.runId };
}

const refusalsOf = (runId: number) =>
  ctx.sql`select severity, line, "column", value, reason from import_refusals where import_run_id = ${runId} order by id`;

const managers = [
  "ID;Сотрудник;Дата приёма;Дата увольнения",
  "101;Белова Анна;01.03.2019;",
  "102;Дёмин Лев;15.06.2021;30.04.2026",
];
const premises = [
  "ID;Название;Район;Берег;Площадь, м2;Цена за всё помещение, руб/мес;Этаж;Вода;Канализация;Статус",
  "501;Угол;Центральный;правый;62,5;105 000;1;да;канализация;сдаётся",
  "502;Подвал;;;90;54000;-1;;нет;сдано",
];
const vacancies = [
  "ID помещения;Свободно с;Свободно по;Цена за всё помещение, руб/мес",
  "501;01.08.2026;;105000",
  "502;01.02.2023;01.05.2023;50000",
];
const leads = [
  "ID;Дата создания;Ответственный;Бренд;Чем занимается;Площадь от;Площадь до;Какой район интересует?",
  "20001;01.09.2026;Белова Анна;Ёлка;кофейня, пекарня;40;80;Центральный",
  "20002;03.09.2026;Демин Лев;;;120;60;",
  "20003;05.09.2026;Никто Неизвестный;;;;;",
];
const deals = [
  "ID;Лид;Товар;Ответственный;Дата создания;Дата закрытия;Стадия;Сумма;Причина отказа",
  "9001;20001;501;Белова Анна;02.09.2026;06.09.2026;Сделка провалена;105000;цена",
  "9002;20999;501;Белова Анна;02.09.2026;06.09.2026;Сделка успешна;105000;",
  "9003;20001;;Белова Анна;02.09.2026;;в работе;;",
];
const leases = [
  "Договор;Арендатор;Лид;Помещение;Дата начала;Дата окончания;Арендная плата, руб/мес;Статус",
  "7001;Ёлка;20001;502;01.01.2024;31.12.2026;54000;действует",
  "7002;Сова;;777;01.01.2024;31.12.2025;54000;завершён",
];

async function wholeMarket() {
  const named = { leases, deals, leads, vacancies, premises, managers };
  return Promise.all(Object.entries(named).map(([name, lines]) => file(`${name}.csv`, lines)));
}

/** All rows of all tables in one hash. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const table of ["managers", "districts", "premises", "leads", "deals", "leases", "free_snapshots"])
    hash.update(JSON.stringify(await ctx.sql.unsafe(`select * from ${table} order by 1, 2`)));
  hash.update(
    JSON.stringify(
      await ctx.sql`select premises_id, from_on, to_on, rent_rub_month, source from vacancies order by 1, 2, 5`,
    ),
  );
  return hash.digest("hex");
}

const marketVersion = async () => Number((await ctx.sql`select version from market_state`)[0]?.version);

describe("a market", () => {
  test("comes in whole, in any order of files, and links up", async () => {
    const report = await importFiles(ctx, { files: await wholeMarket() });
    expect(
      report.files.map(({ table, inserted, unlinked, repaired }) => ({ table, inserted, unlinked, repaired })),
    ).toEqual([
      { table: "managers", inserted: 2, unlinked: 0, repaired: {} },
      { table: "premises", inserted: 2, unlinked: 0, repaired: {} },
      { table: "vacancies", inserted: 2, unlinked: 0, repaired: {} },
      { table: "leads", inserted: 3, unlinked: 1, repaired: { fromToSwapped: 1 } },
      { table: "deals", inserted: 3, unlinked: 1, repaired: {} },
      { table: "leases", inserted: 2, unlinked: 1, repaired: {} },
    ]);
    const [lead] = await ctx.sql`select * from leads where id = '20002'`;
    expect(lead).toMatchObject({ manager_id: "102", area_from_sqm: 60, area_to_sqm: 120, trades: [], brand: null });
    expect(await ctx.sql`select id from managers where dismissed_on is null`).toEqual([{ id: "101" }]);
    const [run] = await ctx.sql`select status, started_by, files from import_runs`;
    expect(run).toMatchObject({ status: "done", started_by: "system:cli" });
    expect(await ctx.sql`select action, subject from audit_log order by id desc limit 1`).toEqual([
      { action: "import:run", subject: `import:${report.runId}` },
    ]);
  });

  test("the same files again are 0 new, 0 changed, and nobody reloads the market", async () => {
    await importFiles(ctx, { files: await wholeMarket() });
    const [before, version] = [await fingerprint(), await marketVersion()];
    const again = await importFiles(ctx, { files: (await wholeMarket()).reverse() });
    for (const { inserted, changed, unchanged, rows } of again.files) {
      expect({ inserted, changed }).toEqual({ inserted: 0, changed: 0 });
      expect(unchanged).toBe(rows);
    }
    expect(again.derivedVacancies).toBe(0);
    expect(await fingerprint()).toBe(before);
    expect(await marketVersion()).toBe(version);
  });

  test("file by file in the wrong order ends in the same tables", async () => {
    await importFiles(ctx, { files: await wholeMarket() });
    const together = await fingerprint();
    await emptyMarket(ctx);
    for (const one of await wholeMarket()) await importFiles(ctx, { files: [one] });
    expect(await fingerprint()).toBe(together);
  });

  test("a dry run counts as the real one would and writes nothing but its report", async () => {
    const [before, version] = [await fingerprint(), await marketVersion()];
    const dry = await importFiles(ctx, { files: await wholeMarket(), dryRun: true });
    expect(await fingerprint()).toBe(before);
    expect(await marketVersion()).toBe(version);
    const real = await importFiles(ctx, { files: await wholeMarket() });
    expect(dry.files.map(({ examples, ...counts }) => counts)).toEqual(real.files);
    expect(dry.files.every(({ examples }) => examples?.length)).toBe(true);
    expect(real.files.some(({ examples }) => examples)).toBe(false);
    expect(await ctx.sql`select id::int, dry_run, status from import_runs order by id`).toEqual([
      { id: dry.runId, dry_run: true, status: "done" },
      { id: real.runId, dry_run: false, status: "done" },
    ]);
  });

  test("two runs of the same files at once both succeed and count each row once", async () => {
    const files = await wholeMarket();
    for (let round = 0; round < 5; round++) {
      await emptyMarket(ctx);
      const [a, b] = await Promise.all([
        importFiles(ctx, { files }),
        importFiles(testCtx(database.connection), { files: [...files].reverse() }),
      ]);
      for (const [i, one] of a.files.entries()) {
        const other = b.files[i]!;
        expect(one.inserted + other.inserted).toBe(one.rows);
        expect(one.changed + other.changed).toBe(0);
      }
    }
  });
});

describe("managers' names", () => {
  test("link when exactly one manager bears the name, and come apart when a second one does", async () => {
    await importOf("leads.csv", leads);
    expect(await ctx.sql`select id from leads where manager_id is not null`).toEqual([]);
    await importOf("managers.csv", managers);
    expect(await ctx.sql`select id, manager_id from leads where manager_id is not null order by id`).toEqual([
      { id: "20001", manager_id: "101" },
      { id: "20002", manager_id: "102" },
    ]);
    await importOf("managers.csv", [managers[0]!, "103;Белова Анна;;"]);
    expect(await ctx.sql`select id from leads where manager_id is not null`).toEqual([{ id: "20002" }]);
  });
});

describe("columns", () => {
  test("may be English, in any order, separated by tab or comma; what the file lacks stays as it is", async () => {
    await importOf("leads.csv", leads);
    const partial = await importOf("brands.csv", [
      "Brand\tCreated\tSomething else\tLead ID",
      "Сосна\t2026-09-01\tx\t20001",
    ]);
    expect(partial).toMatchObject({ table: "leads", delimiter: "\t", inserted: 0, changed: 1 });
    const [lead] = await ctx.sql`select * from leads where id = '20001'`;
    expect(lead).toMatchObject({ brand: "Сосна", trades: ["кофейня", "пекарня"], manager_name: "Белова Анна" });
    expect(lead?.search_text).toBe("20001 сосна кофейня пекарня центральный");
  });

  test("the search text is the one that a single lead would get", async () => {
    await importOf("leads.csv", [
      "ID;Дата создания;Бренд;Телефон;Чем занимается;Какой район интересует?",
      "A-1;01.09.2026;ЁЖ & «Ко»;+7 (900) 1-2-3;Ателье, ремонт;Октябрьский",
      "A-2;01.09.2026;;;;",
      "A-3;01.09.2026;Straße ÉTOILE;;x;",
    ]);
    const rows = await ctx.sql`select id, brand, phone, trades, districts, search_text from leads`;
    expect(rows).toHaveLength(3);
    for (const { search_text, ...row } of rows)
      expect(search_text).toBe(searchText(row as Parameters<typeof searchText>[0]));
  });
});

describe("what is wrong", () => {
  test("a row is refused with its place and reason, the rest goes in; an optional value is missing and noted", async () => {
    const report = await importOf("leads.csv", [
      "ID;Дата создания;Чем занимается;Площадь от;Площадь до;Какой берег интересует?",
      "1;01.09.2026;кофейня;40 кв.м;80;левый",
      ";01.09.2026;;;;",
      '3;31.02.2026;"a\r\nb";;;',
      "4;01.09.2026;;-5;NaN;зелёный",
      "5;01.09.2026;лишнее;;;;поле",
      "6;01.09.2026;с\0нулём;;;",
      "7;01.09.2026;;50-80;;",
      "8;01.09.2026;;до 80;;",
      "",
      "9;01.01.2099;;;;",
    ]);
    expect(report).toMatchObject({
      rows: 9,
      inserted: 4,
      refused: 5,
      refusedValues: 3,
      repaired: { rangeSplit: 1, boundMoved: 1 },
      refusal: null,
    });
    expect(await refusalsOf(report.runId)).toEqual([
      { severity: "row", line: 3, column: "ID", value: "", reason: "missing" },
      { severity: "row", line: 4, column: "Дата создания", value: "31.02.2026", reason: "notADate" },
      { severity: "value", line: 6, column: "Площадь от", value: "-5", reason: "outOfRange" },
      { severity: "value", line: 6, column: "Площадь до", value: "NaN", reason: "notANumber" },
      { severity: "value", line: 6, column: "Какой берег интересует?", value: "зелёный", reason: "unknownWord" },
      { severity: "row", line: 7, column: null, value: null, reason: "cellCount" },
      { severity: "row", line: 8, column: "Чем занимается", value: "с\u2400нулём", reason: "nulByte" },
      { severity: "row", line: 12, column: "Дата создания", value: "01.01.2099", reason: "dateOutOfRange" },
    ]);
    expect(await ctx.sql`select id, area_from_sqm as low, area_to_sqm as high from leads order by id`).toEqual([
      { id: "1", low: 40, high: 80 },
      { id: "4", low: null, high: null },
      { id: "7", low: 50, high: 80 },
      { id: "8", low: null, high: 80 },
    ]);
  });

  test("an end that cannot be read refuses the row: missing would mean free still", async () => {
    const report = await importOf("vacancies.csv", [vacancies[0]!, "501;01.08.2026;скоро;1000"]);
    expect(report).toMatchObject({ inserted: 0, refused: 1 });
  });

  test("of an id that stands twice the last row counts", async () => {
    const report = await importOf("leads.csv", [...leads, "20001;01.09.2026;Белова Анна;Последняя;;;;"]);
    expect(report).toMatchObject({ rows: 4, inserted: 3, duplicates: 1 });
    expect(await ctx.sql`select brand from leads where id = '20001'`).toEqual([{ brand: "Последняя" }]);
  });

  test("files that are no table are refused whole, others go on", async () => {
    const files = [
      await file("empty.csv", Buffer.alloc(0)),
      await file("photo.csv", Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))),
      await file("old.xls", Buffer.from("d0cf11e0a1b11ae1", "hex")),
      await file("text.csv", ["Просто текст", "без таблицы"]),
      await file("wide.csv", [Array.from({ length: 5000 }, (_, i) => `c${i}`).join(";")]),
      await file("quote.csv", [leads[0]!, "1;01.09.2026;;;;;;", '2;01.09.2026;"не закрыта;;;;;']),
      await file("long.csv", [leads[0]!, `1;01.09.2026;${"я".repeat(2_000_000)};;;;;`]),
      { name: "gone.csv", path: path.join(folder, "no such file") },
      await file("good.csv", leads),
    ];
    const report = await importFiles(ctx, { files });
    const [refused, good] = [report.files.slice(0, -1), report.files.at(-1)];
    expect(good).toMatchObject({ file: "good.csv", inserted: 3, refusal: null });
    expect(refused.every(({ refusal, inserted }) => refusal !== null && inserted === 0)).toBe(true);
    const reasons = await ctx.sql`select file, reason from import_refusals where severity = 'file' order by file`;
    expect(Object.fromEntries(reasons.map((row) => [row.file, row.reason]))).toEqual({
      "empty.csv": "emptyFile",
      "gone.csv": "unreadableFile",
      "long.csv": "lineTooLong",
      "old.xls": "oldExcel",
      "photo.csv": "binaryFile",
      "quote.csv": "quoteNotClosed",
      "text.csv": "noTable",
      "wide.csv": "tooManyColumns",
    });
  });

  test("an import that is stopped leaves no half file and a run that says so", async () => {
    const many = [
      leads[0]!,
      ...Array.from({ length: 30_000 }, (_, i) => `${i};01.09.2026;Белова Анна;Бренд номер ${i};;;;`),
    ];
    const stop = new AbortController();
    const one = await file("many.csv", many);
    await expect(importFiles(ctx, { files: [one] }, () => stop.abort(), stop.signal)).rejects.toThrow();
    expect(await ctx.sql`select count(*)::int as n from leads`).toEqual([{ n: 0 }]);
    expect(await ctx.sql`select status from import_runs`).toEqual([{ status: "failed" }]);
  });

  test("a small file that is stopped when its last row was read leaves nothing, and holds nothing", async () => {
    const stop = new AbortController();
    const one = await file("leads.csv", leads);
    const stages: string[] = [];
    const stopThere = ({ stage }: { stage: string }) => {
      stages.push(stage);
      stop.abort(new Error("enough"));
    };
    await expect(importFiles(ctx, { files: [one] }, stopThere, stop.signal)).rejects.toThrow("enough");
    expect(stages).toEqual(["writing"]);
    expect(await importOf("leads.csv", leads)).toMatchObject({ refusal: null, unchanged: 0 });
  });

  test("a run whose process died is closed by the next one", async () => {
    await ctx.sql`insert into import_runs (status, started_by) values ('running', 'system:cli')`;
    await importOf("leads.csv", leads);
    expect(await ctx.sql`select status from import_runs order by id`).toEqual([
      { status: "failed" },
      { status: "done" },
    ]);
  });

  test("a manager may not import", async () => {
    const actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: "101" } as const;
    await expect(importFiles(testCtx(database.connection, actor), { files: [] })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("the report", () => {
  test("is a table in the reader's language in which hostile values are inert and numbers stay numbers", async () => {
    const { runId } = await importOf("leads.csv", [
      "ID;Дата создания;Площадь от;Какой берег интересует?",
      '1;01.09.2026;-5;"=HYPERLINK(""http://evil"")"',
    ]);
    const { name, csv } = await exportImportReport(ctx, { runId });
    expect(name).toBe(`import-${runId}.csv`);
    expect(csv.split("\r\n")).toEqual([
      "\ufeffФайл;Строка;Столбец;Значение;Что не взято;Причина;Код",
      "leads.csv;2;Площадь от;-5;значение;число вне возможных границ;outOfRange",
      `leads.csv;2;Какой берег интересует?;"'=HYPERLINK(""http://evil"")";значение;неизвестное значение;unknownWord`,
      "",
    ]);
    const english = await exportImportReport({ ...ctx, locale: "en" }, { runId });
    expect(english.csv).toContain("an unknown value");
    await expect(exportImportReport(ctx, { runId: runId + 1 })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("what is free", () => {
  test("is derived from leases where no export says it, and an export wins", async () => {
    await importOf("premises.csv", premises);
    const [first] =
      await ctx.sql`select premises_id, from_on::text, to_on::text, rent_rub_month, source from vacancies`;
    // No leases at all: the premises that its row calls free, from today on.
    expect(first).toEqual({
      premises_id: "501",
      from_on: "2026-11-23",
      to_on: null,
      rent_rub_month: 105_000,
      source: "leases",
    });

    await importOf("leases.csv", [
      leases[0]!,
      "1;А;;501;01.01.2020;01.01.2021;1000;завершён",
      "2;Б;;501;01.06.2020;01.03.2021;1000;завершён",
      "3;В;;502;01.06.2021;31.12.2027;1000;действует",
      "4;Г;;501;01.01.2022;01.01.2023;1000;завершён",
    ]);
    expect(
      await ctx.sql`select premises_id as p, from_on::text as low, to_on::text as high, rent_rub_month as rent from vacancies order by 1, 2`,
    ).toEqual([
      { p: "501", low: "2021-03-01", high: "2022-01-01", rent: null },
      { p: "501", low: "2023-01-01", high: null, rent: 105_000 },
      { p: "502", low: "2020-01-01", high: "2021-06-01", rent: null },
    ]);

    await importOf("vacancies.csv", [vacancies[0]!, "501;01.08.2026;;99000"]);
    expect(await ctx.sql`select from_on::text as low, source from vacancies where premises_id = '501'`).toEqual([
      { low: "2026-08-01", source: "export" },
    ]);
    expect(await ctx.sql`select count(*)::int as n from vacancies where premises_id = '502'`).toEqual([{ n: 1 }]);
  });

  test("is recorded once a day; today's record follows the market, a past one stands", async () => {
    await importFiles(ctx, { files: await wholeMarket() });
    const rows = () => ctx.sql`select day::text, premises_id, rent_rub_month as rent from free_snapshots order by 1, 2`;
    expect(await rows()).toEqual([{ day: "2026-11-23", premises_id: "501", rent: 105_000 }]);
    expect(await takeFreeSnapshot(ctx)).toEqual({ day: "2026-11-23", premises: 1 });

    const tomorrow = { ...ctx, now: () => new Date("2026-11-24T05:00:00Z") };
    await importFiles(tomorrow, { files: [await file("vacancies.csv", [vacancies[0]!, "501;01.08.2026;;90000"])] });
    await takeFreeSnapshot(tomorrow, "2026-11-23");
    expect(await rows()).toEqual([
      { day: "2026-11-23", premises_id: "501", rent: 105_000 },
      { day: "2026-11-24", premises_id: "501", rent: 90_000 },
    ]);
    await expect(takeFreeSnapshot(ctx, "2026-11-24")).rejects.toMatchObject({ code: "invalid" });
  });
});
