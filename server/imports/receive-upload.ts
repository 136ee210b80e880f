import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { count, isNull, sum } from "drizzle-orm";
import { z } from "zod";
import { importUploads } from "#/db/schema/index.ts";
import { actorName, type Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { inspectFile } from "./inspect-file.ts";
import { UPLOAD_BYTES_MAX, UPLOADS_BYTES_MAX, UPLOADS_MAX } from "./limits.ts";
import { FileRefused, wordsOfRefusal } from "./refusals.ts";
import { sweepUploads, uploadFolder, uploadPath } from "./upload-files.ts";
import { openWorkbook } from "./xlsx/open-workbook.ts";

export const receiveUploadInput = z.strictObject({
  /** As its owner calls it; only shown. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    .regex(/^[^\x00-\x1f\x7f/\\]+$/),
  /** What the sender says it is, in bytes; unknown where it does not say. */
  declaredBytes: z.number().int().min(0).optional(),
});

/**
 * Receives a file that is to be imported: straight to the disk, counted on its way, and looked at before it is kept. Too large
 * a one is refused with place "body:size" (413), what is no table and what unpacks to too much with place "file". Of a
 * file that was refused or broke off nothing stays.
 */
export async function receiveUpload(
  ctx: Ctx,
  { name, declaredBytes }: z.infer<typeof receiveUploadInput>,
  body: AsyncIterable<Uint8Array>,
): Promise<{ uploadId: string }> {
  authorize(ctx, "import:run");
  if (declaredBytes !== undefined && declaredBytes > UPLOAD_BYTES_MAX) throw tooLarge();
  await sweepUploads(ctx);
  await refuseFullShelf(ctx, declaredBytes ?? 0);
  const uploadId = randomUUID();
  const target = uploadPath(ctx.home, uploadId);
  const part = `${target}.part`;
  await mkdir(uploadFolder(ctx.home), { recursive: true, mode: 0o700 });
  try {
    const { bytes, sha256 } = await store(part, body);
    await refuseNoTable(part);
    await rename(part, target);
    await ctx.db.insert(importUploads).values({ id: uploadId, name, bytes, sha256, uploadedBy: actorName(ctx.actor) });
    return { uploadId };
  } catch (error) {
    await rm(part, { force: true });
    await rm(target, { force: true });
    throw error;
  }
}

async function store(place: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const file = await open(place, "wx", 0o600);
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > UPLOAD_BYTES_MAX) throw tooLarge();
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Of a workbook only the directory is read: a bomb is refused before any of it is unpacked. */
async function refuseNoTable(place: string): Promise<void> {
  try {
    const { kind } = await inspectFile(place);
    if (kind === "workbook") (await openWorkbook(place)).close();
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    throw new AppError("invalid", wordsOfRefusal(error.reason), { place: "file", cause: error });
  }
}

async function refuseFullShelf(ctx: Ctx, more: number): Promise<void> {
  const [waiting] = await ctx.db
    .select({ files: count(), bytes: sum(importUploads.bytes).mapWith(Number) })
    .from(importUploads)
    .where(isNull(importUploads.removedAt));
  if ((waiting?.files ?? 0) < UPLOADS_MAX && (waiting?.bytes ?? 0) + more <= UPLOADS_BYTES_MAX) return;
  throw new AppError(
    "conflict",
    {
      ru: `Ждут загрузки уже ${waiting?.files ?? 0} файлов: загрузите или уберите их сначала.`,
      en: `${waiting?.files ?? 0} files wait to be imported already: import or remove them first.`,
    },
    { place: "file" },
  );
}

function tooLarge(): AppError {
  const megabytes = UPLOAD_BYTES_MAX / 1024 ** 2;
  return new AppError(
    "invalid",
    {
      ru: `Файл больше ${megabytes} МБ: разделите его или загрузите командой «ostap import».`,
      en: `The file is larger than ${megabytes} MB: split it, or import it by the command "ostap import".`,
    },
    { place: "body:size" },
  );
}
