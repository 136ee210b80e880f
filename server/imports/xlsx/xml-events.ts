import type { Readable } from "node:stream";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { LINE_BYTES_MAX } from "../limits.ts";
import { FileRefused } from "../refusals.ts";

/** What a reader of one part listens to. Names come without their namespace prefix. */
export interface XmlListener {
  open?(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Feeds a part of a workbook to the listener, chunk by chunk; yields its length after each, so that rows can be taken out in between.
 * A document type (the door of XXE and entity bombs) and malformed XML refuse the file.
 */
export async function* xmlChunks(part: Readable, listener: XmlListener): AsyncGenerator<number> {
  const parser = new SaxesParser();
  let failure: unknown;
  parser.on("error", (error) => {
    failure ??= error;
  });
  parser.on("doctype", () => {
    failure ??= new Error("A document type has no place in a workbook.");
  });
  // Between two tags the parser gathers everything in memory.
  let sinceTag = 0;
  parser.on("opentag", (tag: SaxesTagPlain) => {
    sinceTag = 0;
    listener.open?.(localName(tag.name), tag.attributes);
  });
  parser.on("closetag", (tag: SaxesTagPlain) => {
    sinceTag = 0;
    listener.close?.(localName(tag.name));
  });
  if (listener.text) parser.on("text", (text) => listener.text?.(text));

  const decoder = new TextDecoder("utf-8");
  try {
    for await (const chunk of part as AsyncIterable<Buffer>) {
      sinceTag += chunk.length;
      parser.write(decoder.decode(chunk, { stream: true }));
      if (failure) throw failure;
      if (sinceTag > LINE_BYTES_MAX) throw new FileRefused("lineTooLong");
      yield chunk.length;
    }
    parser.write(decoder.decode()).close();
    if (failure) throw failure;
    yield 0;
  } catch (error) {
    throw error instanceof FileRefused ? error : new FileRefused("brokenArchive", { cause: error });
  } finally {
    part.destroy();
  }
}

/** Reads a small part to its end. */
export async function readXml(part: Readable, listener: XmlListener): Promise<void> {
  for await (const _ of xmlChunks(part, listener));
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
