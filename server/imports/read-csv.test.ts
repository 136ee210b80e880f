import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectFile } from "./inspect-file.ts";
import { knownTables } from "./known-tables.ts";
import { findCsvTable } from "./read-csv.ts";
import { recogniser } from "./recognise-header.ts";

const recognise = recogniser(knownTables("2026-11-23"));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ostap-csv-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer) {
  const file = path.join(folder, "file.csv");
  await writeFile(file, bytes);
  const evidence = await inspectFile(file);
  const found = findCsvTable(file, evidence, recognise);
  const rows: { line: number; cells: readonly unknown[] }[] = [];
  for await (const row of found.rows(() => {})) rows.push(row);
  return { table: found.header.table.name, encoding: found.encoding, delimiter: found.delimiter, rows };
}

/** Encodes by the platform's own decoder turned round. */
function encode(text: string, encoding: "windows-1251" | "ibm866" | "koi8-r"): Buffer {
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(Buffer.from([byte])), byte] as const),
  );
  return Buffer.from([...text].map((char) => table.get(char) ?? 63));
}

const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const text = "ID;Сотрудник;Дата приёма\r\n101;Щёголев Юрий;01.03.2019\r\n102;Ёлкина Анна;15.06.2021\r\n";

describe("encodings", () => {
  test.each<[string, Buffer, string]>([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`), "utf-8"],
    ["windows-1251", encode(text, "windows-1251"), "windows-1251"],
    ["cp866", encode(text, "ibm866"), "ibm866"],
    ["koi8-r", encode(text, "koi8-r"), "koi8-r"],
    ["UTF-16 LE with a mark", Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le"],
    ["UTF-16 BE with a mark", utf16be(`\ufeff${text}`), "utf-16be"],
    ["UTF-16 LE", Buffer.from(text, "utf16le"), "utf-16le"],
    ["UTF-16 BE", utf16be(text), "utf-16be"],
  ])("%s is read as what it is", async (_, bytes, encoding) => {
    const found = await read(bytes);
    expect(found.encoding).toBe(encoding);
    expect(found.rows).toEqual([
      { line: 2, cells: ["101", "Щёголев Юрий", "01.03.2019"] },
      { line: 3, cells: ["102", "Ёлкина Анна", "15.06.2021"] },
    ]);
  });

  test("letters that lie across the reader's chunks stay whole", async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i};Щёголев Юрий ${"ю".repeat(i % 7)};01.03.2019`);
    for (const encode of [(s: string) => Buffer.from(s), (s: string) => Buffer.from(`\ufeff${s}`, "utf16le")]) {
      const { rows } = await read(encode(`ID;Сотрудник;Дата приёма\n${lines.join("\n")}`));
      expect(rows).toHaveLength(40_000);
      expect(rows.map(({ cells }) => cells.join(";"))).toEqual(lines);
    }
  });

  test("a broken byte far below a Russian header does not turn the file into another encoding", async () => {
    const rows = `${"101;Щёголев Юрий;01.03.2019\r\n".repeat(5000)}`;
    const found = await read(
      Buffer.concat([
        Buffer.from(`ID;Сотрудник;Дата приёма\r\n${rows}102;`),
        Buffer.from([0xff]),
        Buffer.from(";\r\n"),
      ]),
    );
    expect(found.encoding).toBe("utf-8");
    expect(found.rows.at(-1)?.cells[1]).toBe("\ufffd");
  });

  test("a file cut off in the middle of a letter is UTF-8 still", async () => {
    const found = await read(Buffer.from("ID,Employee\n1,Анна").subarray(0, -1));
    expect(found).toMatchObject({ encoding: "utf-8", rows: [{ line: 2, cells: ["1", "Анн\ufffd"] }] });
  });

  test("one NUL in a small file is a NUL and no UTF-16", async () => {
    expect(await read(Buffer.from("ID,Employee\n1,A\0b"))).toMatchObject({
      encoding: "utf-8",
      rows: [{ cells: ["1", "A\0b"] }],
    });
  });
});

describe("tables", () => {
  test.each([
    [";", "\r\n"],
    [",", "\n"],
    ["\t", "\r"],
  ])("are separated by %j with lines that end in %j", async (delimiter, end) => {
    const found = await read(
      Buffer.from(["ID", "Сотрудник"].join(delimiter) + end + ["1", '"А; Б, ""В"""'].join(delimiter) + end),
    );
    expect(found).toMatchObject({ delimiter, rows: [{ line: 2, cells: ["1", 'А; Б, "В"'] }] });
  });

  test("lines are the file's own, whatever lies between: blank ones, breaks in quotes, mixed ends, a title above", async () => {
    const { rows } = await read(Buffer.from('sep=;\nВыгрузка из CRM\n\nID;Сотрудник\r\n1;"А\nБ\r\nВ"\n\n;\r2;Г\n'));
    expect(rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [5, "1"],
      [10, "2"],
    ]);
  });

  test("a quote inside a name is part of the name", async () => {
    const { rows } = await read(Buffer.from('ID;Сотрудник\n1;ООО "Ромашка"\n2;"Ёлка" и Ко\n'));
    expect(rows.map(({ cells }) => cells[1])).toEqual(['ООО "Ромашка"', '"Ёлка" и Ко']);
  });

  test("two columns of one meaning are refused by name, hostile names are just unknown", async () => {
    await expect(read(Buffer.from("ID;Сотрудник;ФИО\n1;А;Б\n"))).rejects.toMatchObject({
      reason: "ambiguousHeader",
      value: "ФИО",
    });
    const { rows } = await read(Buffer.from("ID;Сотрудник;__proto__;constructor\n1;А;x;y\n"));
    expect(rows).toHaveLength(1);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test.each([
    ["ID;Название;Площадь;Район;Берег", "premises"],
    ["район;БЕРЕГ", "districts"],
    ["District,X,Y", "districts"],
    ["Premises ID,Free from,Free until,Rent", "vacancies"],
    ["ID;Дата создания;Бренд;Ответственный", "leads"],
    ["ID;Лид;Товар;Ответственный;Дата создания;Стадия", "deals"],
    ["Договор;Помещение;Дата начала;Дата  окончания;Статус", "leases"],
    ["Contract,Premises,Start,End", "leases"],
  ])("%s is %s", async (header, table) => {
    expect((await read(Buffer.from(`${header}\n`))).table).toBe(table);
  });
});
