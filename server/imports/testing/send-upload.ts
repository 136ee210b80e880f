import type { Ctx } from "../../context.ts";
import { receiveUpload } from "../receive-upload.ts";

/** Sends a file as a browser would: lines with CRLF in UTF-8, or bytes as they are, in pieces. */
export async function sendUpload(ctx: Ctx, name: string, content: readonly string[] | Buffer): Promise<string> {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(`${content.join("\r\n")}\r\n`);
  return (await receiveUpload(ctx, { name, declaredBytes: bytes.length }, pieces(bytes))).uploadId;
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 60_000) yield bytes.subarray(from, from + 60_000);
}

/** Text in the encoding that Russian Windows writes. */
export function windows1251(text: string): Buffer {
  const decoder = new TextDecoder("windows-1251");
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Buffer.from([byte])), byte]));
  return Buffer.from([...text].map((letter) => bytes.get(letter) ?? 63));
}
