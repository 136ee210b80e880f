import type { Readable } from "node:stream";
import yauzl, { type Entry } from "yauzl";
import {
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_RATIO_FREE_BYTES,
  ARCHIVE_RATIO_MAX,
  ARCHIVE_UNPACKED_BYTES_MAX,
} from "../limits.ts";
import { FileRefused } from "../refusals.ts";

/** A workbook's parts by name. Nothing but the central directory is trusted, and nothing inflates beyond what it declares. */
export interface Workbook {
  has(part: string): boolean;
  bytes(part: string): number;
  /** Throws `FileRefused` where the part is missing. The stream fails when more comes out of it than was declared. */
  open(part: string): Promise<Readable>;
  close(): void;
}

/**
 * Opens an XLSX file after a look at its directory: number of parts, declared sizes, how much they shrink.
 * yauzl stops a part that inflates to more than its declared size, so the declared sum is the true bound.
 */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(broken);
  try {
    if (zip.entryCount > ARCHIVE_ENTRIES_MAX)
      throw new FileRefused("archiveTooBig", { value: `${zip.entryCount} parts` });
    const parts = new Map<string, Entry>();
    let unpacked = 0;
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      const shrinks = entry.uncompressedSize / Math.max(1, entry.compressedSize);
      if (unpacked > ARCHIVE_UNPACKED_BYTES_MAX)
        throw new FileRefused("archiveTooBig", { value: `${unpacked} bytes unpacked` });
      if (entry.uncompressedSize > ARCHIVE_RATIO_FREE_BYTES && shrinks > ARCHIVE_RATIO_MAX)
        throw new FileRefused("archiveTooBig", { value: `${entry.fileName}: 1:${Math.round(shrinks)}` });
      if (entry.isEncrypted() || parts.has(entry.fileName)) throw new FileRefused("brokenArchive");
      parts.set(entry.fileName, entry);
    }
    return {
      has: (part) => parts.has(part),
      bytes: (part) => parts.get(part)?.uncompressedSize ?? 0,
      open: async (part) => {
        const entry = parts.get(part);
        if (!entry) throw new FileRefused("brokenArchive", { value: part });
        return zip.openReadStreamPromise(entry).catch(broken);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof FileRefused ? error : new FileRefused("brokenArchive", { cause: error });
  }
}

function broken(cause: unknown): never {
  throw new FileRefused("brokenArchive", { cause });
}
