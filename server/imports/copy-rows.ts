import { once } from "node:events";
import type { Writable } from "node:stream";
import type { TransactionSql } from "postgres";
import type { Value } from "./table.ts";

const FLUSH_CHARACTERS = 128 * 1024;

/** Streams rows into a table by COPY, in the transaction it was opened in. */
export class RowCopy {
  private readonly sql: TransactionSql;
  private readonly stream: Writable;
  private buffer = "";

  private constructor(sql: TransactionSql, stream: Writable) {
    this.sql = sql;
    this.stream = stream;
  }

  /** `columns` are names of ours, never of a file. */
  static async into(sql: TransactionSql, table: string, columns: readonly string[]): Promise<RowCopy> {
    const quoted = columns.map((column) => `"${column}"`).join(", ");
    return new RowCopy(sql, await sql.unsafe(`copy ${table} (${quoted}) from stdin`).writable());
  }

  /** Takes a row; answers a promise where the caller should wait before the next one, so that memory stays small. */
  add(values: readonly Value[]): Promise<void> | undefined {
    let line = "";
    for (let i = 0; i < values.length; i++) line += (i > 0 ? "\t" : "") + copyValue(values[i]!);
    this.buffer += `${line}\n`;
    return this.buffer.length >= FLUSH_CHARACTERS ? this.flush() : undefined;
  }

  async end(): Promise<void> {
    await this.flush();
    const done = once(this.stream, "finish");
    this.stream.end();
    // The driver never calls back when the server refuses the data at the end of a COPY; a statement behind it, though, fails then.
    await new Promise((resolve) => setImmediate(resolve));
    done.catch(() => {});
    await this.sql`select 1`;
    await done;
  }

  /** Gives the COPY up; the transaction is to be rolled back. */
  async abort(): Promise<void> {
    this.stream.once("error", () => {});
    this.stream.destroy(new Error("import aborted"));
  }

  private async flush(): Promise<void> {
    const data = this.buffer;
    this.buffer = "";
    if (data === "") return;
    await new Promise<void>((resolve, reject) =>
      this.stream.write(data, (error) => (error ? reject(error) : resolve())),
    );
  }
}

/** A value in COPY's text format. */
function copyValue(value: Value): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escaped(value);
  if (Array.isArray(value)) return escaped(arrayLiteral(value));
  return String(value);
}

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    : text;
}

function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",")}}`;
}
