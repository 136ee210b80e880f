import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { CsvError, type Options, parse } from "csv-parse";
import { parse as parseAll } from "csv-parse/sync";
import type { FoundTable, SheetRow } from "./found-table.ts";
import type { Encoding, FileEvidence } from "./inspect-file.ts";
import { LINE_BYTES_MAX } from "./limits.ts";
import type { Recognise } from "./recognise-header.ts";
import { FileRefused } from "./refusals.ts";

export const delimiters = [";", ",", "\t", "|"] as const;

/** How a person said that a text is to be read; what is left out is found out by looking. */
export interface TextReading {
  encoding?: Encoding | undefined;
  delimiter?: string | undefined;
}

/** A title or `sep=;` may stand above the header. */
export const HEADER_RECORDS_MAX = 10;

const options: Options = {
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  // A quote inside a name that was not quoted is part of the name.
  relax_quotes: true,
  max_record_size: LINE_BYTES_MAX,
};

/** Finds header, encoding and separator of a text file in its first bytes. Throws `FileRefused` where no table is recognised. */
export function findCsvTable(
  path: string,
  evidence: FileEvidence,
  recognise: Recognise,
  wanted: TextReading = {},
): FoundTable {
  let firstLine = "";
  const separators = wanted.delimiter === undefined ? delimiters : [wanted.delimiter];
  for (const encoding of wanted.encoding ? [wanted.encoding] : evidence.encodings) {
    const head = new TextDecoder(encoding).decode(evidence.head);
    firstLine ||= head.slice(0, head.search(/[\r\n]|$/)).slice(0, 200);
    const found = separators
      .flatMap((delimiter) => findHeader(head, delimiter, recognise))
      .sort((a, b) => b.header.places.length - a.header.places.length)[0];
    if (found)
      return {
        header: found.header,
        encoding,
        delimiter: found.delimiter,
        bytes: evidence.bytes,
        rows: (onBytes) => readRows(path, encoding, found.delimiter, found.record, onBytes),
      };
  }
  throw new FileRefused("noTable", { line: 1, value: firstLine });
}

function findHeader(head: string, delimiter: string, recognise: Recognise) {
  return headRecords(head, delimiter, HEADER_RECORDS_MAX).flatMap((cells, record) => {
    const header = recognise(cells);
    return header ? [{ header, delimiter, record }] : [];
  });
}

/** The first records. What breaks off later, perhaps only because the head ends there, is no matter here. */
export function headRecords(head: string, delimiter: string, recordsMax: number): string[][] {
  const records: string[][] = [];
  try {
    parseAll(head, {
      ...options,
      delimiter,
      bom: true,
      to: recordsMax,
      on_record: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return records;
}

/** Streams the rows below the header with their physical lines; `onBytes` hears how much of the file was read. */
async function* readRows(
  path: string,
  encoding: Encoding,
  delimiter: string,
  headerRecord: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<SheetRow> {
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  const parser = parse({ ...options, delimiter, bom: true });
  // Errors of either side come out where the parser is iterated.
  if (encoding === "utf-8") pipeline(source, parser, () => {});
  else
    pipeline(
      source,
      (bytes) => decoded(bytes as AsyncIterable<Buffer>, encoding),
      parser,
      () => {},
    );

  let line = 1;
  let record = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      const begins = line;
      line += 1 + lineBreaksIn(cells);
      record++;
      if (record % 1000 === 0) onBytes(source.bytesRead);
      if (record - 1 > headerRecord && cells.some((cell) => cell !== "")) yield { line: begins, cells };
    }
  } catch (error) {
    throw refusalOf(error, line);
  } finally {
    source.destroy();
  }
  onBytes(source.bytesRead);
}

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function lineBreaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells)
    if (cell.includes("\n") || cell.includes("\r")) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return breaks;
}

function refusalOf(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === "CSV_MAX_RECORD_SIZE") return new FileRefused("lineTooLong", { line, cause: error });
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return new FileRefused("quoteNotClosed", { line, cause: error });
  return new FileRefused("noTable", { line, cause: error });
}
