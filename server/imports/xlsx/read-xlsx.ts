import type { Readable } from "node:stream";
import type { Cell } from "../cell.ts";
import type { FoundTable, SheetRow } from "../found-table.ts";
import { COLUMNS_MAX, LINE_BYTES_MAX } from "../limits.ts";
import { excelSerialDay } from "../parse-date.ts";
import type { Recognise } from "../recognise-header.ts";
import { FileRefused } from "../refusals.ts";
import { openWorkbook, type Workbook } from "./open-workbook.ts";
import { readWorkbookParts, type WorkbookParts } from "./workbook-parts.ts";
import { xmlChunks } from "./xml-events.ts";

/** A title may stand above the header. */
const HEADER_ROWS_MAX = 10;
/** More rows no sheet has. */
const ROW_NUMBER_MAX = 1_048_576;
/** Days between the two beginnings of Excel's calendar. */
const DAYS_1904 = 1462;

/** Finds the first sheet of a workbook whose header is recognised. Throws `FileRefused` where there is none or the file is a bomb. */
export async function findXlsxTable(path: string, recognise: Recognise): Promise<FoundTable> {
  const workbook = await openWorkbook(path);
  try {
    const parts = await readWorkbookParts(workbook);
    let firstRow = "";
    for (const sheet of parts.sheets) {
      let looked = 0;
      for await (const { cells } of readSheet(await workbook.open(sheet), parts)) {
        firstRow ||= cells.join("; ").slice(0, 200);
        const header = recognise(cells);
        if (header)
          return {
            header,
            encoding: "xlsx",
            delimiter: "",
            bytes: workbook.bytes(sheet),
            rows: (onBytes) => readRows(path, sheet, looked, header.width, onBytes),
          };
        if (++looked >= HEADER_ROWS_MAX) break;
      }
    }
    throw new FileRefused("noTable", { line: 1, value: firstRow });
  } finally {
    workbook.close();
  }
}

/** The first rows of the first sheet that has any, as many as asked for. Throws `FileRefused` like `findXlsxTable`. */
export async function firstSheetRows(path: string, rowsMax: number): Promise<SheetRow[]> {
  const workbook = await openWorkbook(path);
  try {
    const parts = await readWorkbookParts(workbook);
    for (const sheet of parts.sheets) {
      const rows: SheetRow[] = [];
      for await (const row of readSheet(await workbook.open(sheet), parts)) {
        if (row.cells.some((cell) => cell !== null && cell !== "")) rows.push(row);
        if (rows.length >= rowsMax) break;
      }
      if (rows.length > 0) return rows;
    }
    return [];
  } finally {
    workbook.close();
  }
}

async function* readRows(
  path: string,
  sheet: string,
  headerRow: number,
  width: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<SheetRow> {
  const workbook: Workbook = await openWorkbook(path);
  try {
    const parts = await readWorkbookParts(workbook);
    let row = 0;
    for await (const { line, cells } of readSheet(await workbook.open(sheet), parts, onBytes)) {
      if (row++ <= headerRow || cells.every((cell) => cell === null || cell === "")) continue;
      // A sheet keeps no empty cells at the end of a row.
      while (cells.length < width) cells.push(null);
      yield { line, cells };
    }
  } finally {
    workbook.close();
  }
}

/** Streams the rows of a sheet; formulas count by their stored result. `onBytes` hears unpacked bytes. */
async function* readSheet(
  part: Readable,
  parts: WorkbookParts,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<{ line: number; cells: Cell[] }> {
  let rows: { line: number; cells: Cell[] }[] = [];
  let line = 0;
  let cells: Cell[] = [];
  let place = 0;
  let type = "";
  let style = 0;
  let text = "";
  let length = 0;
  let inValue = false;
  const events = xmlChunks(part, {
    open(name, attributes) {
      if (name === "row") {
        const stated = Number(attributes.r);
        line = Number.isSafeInteger(stated) && stated > 0 ? Math.min(stated, ROW_NUMBER_MAX) : line + 1;
        cells = [];
        place = 0;
        length = 0;
      } else if (name === "c") {
        if (attributes.r !== undefined) place = columnIndex(attributes.r);
        if (place >= COLUMNS_MAX) throw new FileRefused("tooManyColumns", { line, value: attributes.r ?? "" });
        type = attributes.t ?? "n";
        style = Number(attributes.s ?? 0);
        text = "";
      } else if (name === "v" || name === "t") inValue = true;
    },
    text(piece) {
      if (!inValue) return;
      text += piece;
      length += piece.length;
      if (length > LINE_BYTES_MAX) throw new FileRefused("lineTooLong", { line });
    },
    close(name) {
      if (name === "v" || name === "t") inValue = false;
      else if (name === "c") {
        while (cells.length < place) cells.push(null);
        cells.push(cellValue(type, style, text, parts));
        place++;
      } else if (name === "row") rows.push({ line, cells });
    },
  });
  let bytes = 0;
  for await (const read of events) {
    bytes += read;
    onBytes(bytes);
    yield* rows;
    rows = [];
  }
}

function cellValue(type: string, style: number, text: string, parts: WorkbookParts): Cell {
  if (type === "s") return parts.sharedTexts[Number(text)] ?? null;
  if (type === "str" || type === "inlineStr") return text;
  if (type === "b") return text === "1";
  if (type === "d") return new Date(text);
  // "#Н/Д" and its like stay text, which no parser of a number or date takes.
  if (type === "e") return text;
  if (text === "") return null;
  const number = Number(text);
  return parts.isDate[style] ? excelSerialDay(number + (parts.from1904 ? DAYS_1904 : 0)) : number;
}

/** "AB12" → 27. */
function columnIndex(reference: string): number {
  let index = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    index = index * 26 + letter;
    if (index > COLUMNS_MAX * 100) break;
  }
  return index - 1;
}
