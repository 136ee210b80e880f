import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { FILE_BYTES_MAX } from "./limits.ts";
import { FileRefused } from "./refusals.ts";

export const encodings = ["utf-8", "windows-1251", "ibm866", "koi8-r", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof encodings)[number];

/** What a first pass over a file's bytes tells. */
export interface FileEvidence {
  bytes: number;
  sha256: string;
  /** The first bytes, at most `HEAD_BYTES`. */
  head: Buffer;
  kind: "text" | "workbook";
  /** Encodings to try, the likeliest first; which one it is, the header decides. Empty for a workbook. */
  encodings: Encoding[];
}

const HEAD_BYTES = 64 * 1024;
/** Text of 64 KB holds no more of these than a stray one. */
const CONTROL_SHARE_MAX = 0.01;

/** Reads the file once: its hash, its size, what it is. Throws `FileRefused` where it is no table. */
export async function inspectFile(path: string): Promise<FileEvidence> {
  const bytes = await sizeOf(path);
  if (bytes === 0) throw new FileRefused("emptyFile");
  if (bytes > FILE_BYTES_MAX) throw new FileRefused("fileTooBig");

  const hash = createHash("sha256");
  const utf8 = new Utf8Check();
  const parts: Buffer[] = [];
  let headLength = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    utf8.add(chunk);
    if (headLength < HEAD_BYTES) {
      const part = chunk.subarray(0, HEAD_BYTES - headLength);
      parts.push(Buffer.from(part));
      headLength += part.length;
    }
  }
  const head = Buffer.concat(parts);
  const kind = kindOf(head);
  const likely = kind === "workbook" ? [] : encodingsOf(head, utf8.holds());
  return { bytes, sha256: hash.digest("hex"), head, kind, encodings: likely };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw new FileRefused("unreadableFile");
    return stats.size;
  } catch (error) {
    throw error instanceof FileRefused ? error : new FileRefused("unreadableFile", { cause: error });
  }
}

function kindOf(head: Buffer): "text" | "workbook" {
  if (head.subarray(0, 4).equals(Buffer.from("PK\x03\x04", "latin1"))) return "workbook";
  if (head.subarray(0, 4).toString("hex") === "d0cf11e0") throw new FileRefused("oldExcel");
  return "text";
}

/**
 * Which encodings a text may be in. Rules: a byte order mark decides; NULs on one side of the byte pairs only are UTF-16; a head
 * with letters beyond ASCII that is valid UTF-8 is UTF-8, as is a file all of whose bytes are; else windows-1251, and the older
 * two Russian tables where only they make sense of the header. Throws `FileRefused` for binary data.
 */
function encodingsOf(head: Buffer, wholeIsUtf8: boolean): Encoding[] {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return ["utf-8"];
  if (head[0] === 0xff && head[1] === 0xfe) return ["utf-16le"];
  if (head[0] === 0xfe && head[1] === 0xff) return ["utf-16be"];
  const wide = wideWithoutMark(head);
  if (wide) return [wide];
  if (isBinary(head)) throw new FileRefused("binaryFile");
  const headIsUtf8 = isUtf8(head.subarray(0, completeLength(head)));
  const beyondAscii = head.some((byte) => byte >= 0x80);
  if (wholeIsUtf8 || (headIsUtf8 && beyondAscii)) return ["utf-8"];
  return ["windows-1251", "ibm866", "koi8-r"];
}

/** In UTF-16 digits, separators and line ends carry a NUL, always on the same side of their pair. */
function wideWithoutMark(head: Buffer): "utf-16le" | "utf-16be" | null {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < head.length; i++) if (head[i] === 0) i % 2 === 0 ? even++ : odd++;
  const needed = Math.max(2, head.length / 40);
  if (odd >= needed && even * 20 < odd) return "utf-16le";
  if (even >= needed && odd * 20 < even) return "utf-16be";
  return null;
}

function isBinary(head: Buffer): boolean {
  if (head.subarray(0, 5).toString("latin1") === "%PDF-") return true;
  let control = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) control++;
  return control > Math.max(8, head.length * CONTROL_SHARE_MAX);
}

/** Is a stream of bytes UTF-8? A character that the end of the file cuts off does not count against it. */
class Utf8Check {
  private valid = true;
  private rest = Buffer.alloc(0);

  add(chunk: Buffer): void {
    if (!this.valid) return;
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const complete = completeLength(bytes);
    this.valid = isUtf8(bytes.subarray(0, complete));
    this.rest = Buffer.from(bytes.subarray(complete));
  }

  holds(): boolean {
    return this.valid;
  }
}

/** Length without a character that begins at the end and is not whole yet. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
