import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { knownTables } from "../known-tables.ts";
import { recogniser } from "../recognise-header.ts";
import { findXlsxTable } from "./read-xlsx.ts";
import { workbookAround, type ZipPart, zipOf } from "./testing-zip.ts";

const recognise = recogniser(knownTables("2026-11-23"));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ostap-xlsx-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Uint8Array) {
  const file = path.join(folder, "file.xlsx");
  await writeFile(file, bytes);
  const found = await findXlsxTable(file, recognise);
  const rows: { line: number; cells: readonly unknown[] }[] = [];
  for await (const row of found.rows(() => {})) rows.push(row);
  return { table: found.header.table.name, rows };
}

const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const sheetOf = (...rows: string[]) =>
  `<?xml version="1.0"?><worksheet><sheetData>${rows.map((row) => `<row>${row}</row>`).join("")}</sheetData></worksheet>`;
const header = cell("ID") + cell("Сотрудник");

describe("a workbook", () => {
  test("written by a library is read: texts, rich texts, numbers, dates, formulas, gaps, the second sheet", async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet("Заметки").addRow(["просто так"]);
    const sheet = workbook.addWorksheet("Лиды");
    sheet.addRow(["Выгрузка"]);
    sheet.addRow(["ID", "Дата создания", "Бренд", "Площадь от", "Площадь до", "Какой берег интересует?"]);
    sheet.addRow([20001, new Date("2026-09-01T00:00:00Z"), "Ёлка & <Ко>", 40.5, "80 кв.м"]);
    sheet.addRow([]);
    sheet.addRow([
      "20002",
      "03.09.2026",
      { richText: [{ text: "Кофе" }, { text: "йня" }] },
      { formula: "1+1", result: 2 },
    ]);
    const { table, rows } = await read(new Uint8Array(await workbook.xlsx.writeBuffer()));
    expect(table).toBe("leads");
    expect(rows).toEqual([
      { line: 3, cells: [20001, new Date("2026-09-01T00:00:00Z"), "Ёлка & <Ко>", 40.5, "80 кв.м", null] },
      { line: 5, cells: ["20002", "03.09.2026", "Кофейня", 2, null, null] },
    ]);
  });

  test("counts days from 1904 where it says so", async () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
    const parts = workbookAround(
      sheetOf(
        cell("ID") + cell("Сотрудник") + cell("Дата приёма"),
        `<c><v>1</v></c>${cell("А")}<c s="1"><v>41820</v></c>`,
      ),
      [{ name: "xl/styles.xml", data: styles }],
    );
    parts[0]!.data = String(parts[0]!.data).replace("<sheets>", '<workbookPr date1904="1"/><sheets>');
    expect((await read(zipOf(parts))).rows[0]?.cells[2]).toEqual(new Date("2018-07-01T00:00:00Z"));
  });

  test("may number all its rows 1, as some tools do, and use name prefixes", async () => {
    const rows = [header, cell("1") + cell("А"), cell("2") + cell("Б")]
      .map((row) => `<row r="1">${row}</row>`)
      .join("");
    const sheet = `<x:worksheet xmlns:x="x"><x:sheetData>${rows}</x:sheetData></x:worksheet>`.replace(
      /<(\/?)(row|c|is|t)\b/g,
      "<$1x:$2",
    );
    expect((await read(zipOf(workbookAround(sheet)))).rows.map(({ cells }) => cells[1])).toEqual(["А", "Б"]);
  });
});

describe("a hostile archive is refused within a second and without the memory it asks for", () => {
  const bigSheet = () => Buffer.from(sheetOf(header, ...new Array(1).fill(cell("x".repeat(30_000_000)))));
  const cases: [string, () => Buffer, string][] = [
    [
      "a bomb by its ratio",
      () => zipOf(workbookAround("", [{ name: "xl/media/x", data: Buffer.alloc(50_000_000) }])),
      "archiveTooBig",
    ],
    [
      "a bomb that declares more than the limit",
      () => zipOf(workbookAround("", [{ name: "x", data: Buffer.alloc(1000), declaredBytes: 2 ** 31 }])),
      "archiveTooBig",
    ],
    [
      "a bomb that declares less than it holds",
      () =>
        zipOf(
          workbookAround(sheetOf(header)).map((part) =>
            part.name.endsWith("sheet1.xml") ? { ...part, data: bigSheet(), declaredBytes: 1000 } : part,
          ),
        ),
      "brokenArchive",
    ],
    [
      "ten thousand parts",
      () => zipOf(Array.from({ length: 10_000 }, (_, i): ZipPart => ({ name: `part${i}`, data: "x" }))),
      "archiveTooBig",
    ],
    ["a name that climbs out", () => zipOf([{ name: "../../etc/passwd", data: "x" }]), "brokenArchive"],
    [
      "two parts of one name",
      () => zipOf([...workbookAround(sheetOf(header)), ...workbookAround(sheetOf(header))]),
      "brokenArchive",
    ],
    [
      "external entities",
      () =>
        zipOf(
          workbookAround(
            `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheetOf(header, cell("&e;")).slice(21)}`,
          ),
        ),
      "brokenArchive",
    ],
    [
      "an entity that nobody declared",
      () => zipOf(workbookAround(sheetOf(header, cell("&e;") + cell("A")))),
      "brokenArchive",
    ],
    ["a zip that is no workbook", () => zipOf([{ name: "readme.txt", data: "hello" }]), "brokenArchive"],
    [
      "a zip in a zip",
      () => zipOf([{ name: "inner.xlsx", data: zipOf(workbookAround(sheetOf(header))) }]),
      "brokenArchive",
    ],
    ["a torn file", () => zipOf(workbookAround(sheetOf(header))).subarray(0, 300), "brokenArchive"],
    ["broken XML", () => zipOf(workbookAround("<worksheet><sheetData><row></sheetData>")), "brokenArchive"],
    ["a table of another kind", () => zipOf(workbookAround(sheetOf(cell("Привет")))), "noTable"],
    ["a cell in column XFD", () => zipOf(workbookAround(sheetOf('<c r="XFD1"><v>1</v></c>'))), "tooManyColumns"],
    [
      "a cell of megabytes",
      () =>
        zipOf(
          workbookAround(sheetOf(header, cell("1") + cell(Array.from({ length: 300_000 }, (_, i) => i).join(" ")))),
        ),
      "lineTooLong",
    ],
  ];
  test.each(cases)("%s", async (_, make, reason) => {
    const bytes = make();
    const [started, memory] = [performance.now(), process.memoryUsage().rss];
    await expect(read(bytes)).rejects.toMatchObject({ name: "FileRefused", reason });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 ** 2);
  });
});
