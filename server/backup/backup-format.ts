import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { AppError } from "../errors.ts";

export const MANIFEST = "manifest.json";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);

const manifestSchema = z.strictObject({
  format: z.literal(1),
  takenAt: z.coerce.date(),
  /** Version of the build that wrote it. */
  app: z.string(),
  postgres: z.string(),
  /** How many migrations the database had seen: reading it in begins with exactly those. */
  migrations: count,
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_][a-z0-9_]*$/),
      columns: z.array(z.string()).min(1),
      rows: count,
      /** Of the packed file. */
      sha256,
      bytes: count,
    }),
  ),
  sequences: z.array(z.strictObject({ name: z.string().regex(/^[a-z_][a-z0-9_]*$/), value: z.number().int() })),
  models: z.array(z.strictObject({ sha256, bytes: count })),
});

/** What a backup holds; it is written last, and a folder without it is none. */
export type BackupManifest = z.output<typeof manifestSchema>;

/** Rows of one table, in COPY's text format, packed. */
export const tableFile = (name: string) => path.join("tables", `${name}.copy.gz`);

/** What is only true of running processes and means nothing a minute later. */
export const fleeting: readonly string[] = ["rate_limits", "worker_beats"];

export async function readManifest(folder: string): Promise<BackupManifest> {
  let text: string;
  try {
    text = await readFile(path.join(folder, MANIFEST), "utf8");
  } catch (cause) {
    throw notABackup(folder, cause);
  }
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw notABackup(folder, parsed.error);
  return parsed.data;
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function notABackup(folder: string, cause: unknown): AppError {
  return new AppError(
    "invalid",
    {
      ru: `${folder} — не резервная копия Остапа: в ней нет целого ${MANIFEST}.`,
      en: `${folder} is no backup of Ostap: it has no whole ${MANIFEST}.`,
    },
    { cause },
  );
}
