import { existsSync } from "node:fs";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { layColumns } from "./lay-columns.ts";
import { UPLOAD_BYTES_MAX } from "./limits.ts";
import { previewUpload } from "./preview-upload.ts";
import { readUploadAs } from "./read-upload-as.ts";
import { receiveUpload } from "./receive-upload.ts";
import { removeUpload } from "./remove-upload.ts";
import { requestImport } from "./request-import.ts";
import { sendUpload, windows1251 } from "./testing/send-upload.ts";
import { sweepUploads, uploadFolder, uploadPath } from "./upload-files.ts";
import { workbookAround, zipOf } from "./xlsx/testing-zip.ts";

const database = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;

beforeEach(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  await ctx.sql`truncate import_runs, import_uploads, import_mappings restart identity cascade`;
});

const managers = ["ID;Сотрудник;Дата приёма", "101;Белова Анна;01.03.2019", "102;Дёмин Лев;15.06.2021"];
const files = () => readdir(uploadFolder(home.path));

describe("a file that is sent", () => {
  test("lies under a number of ours, byte for byte, whatever its name", async () => {
    const uploadId = await sendUpload(ctx, "..Сотрудники (1).csv", managers);
    const sent = `${managers.join("\r\n")}\r\n`;
    expect(await readFile(uploadPath(home.path, uploadId), "utf8")).toBe(sent);
    const [row] = await ctx.sql`select name, bytes::int, uploaded_by from import_uploads`;
    expect(row).toMatchObject({
      name: "..Сотрудники (1).csv",
      bytes: Buffer.byteLength(sent),
      uploaded_by: "system:cli",
    });
  });

  test("is nobody's to send but an administrator's, and not a byte of it is read first", async () => {
    for (const role of ["manager", "owner"] as const) {
      const actor = { kind: "user", userId: 1, name: "Анна", role, managerId: null } as const;
      let read = false;
      const body = (async function* () {
        read = true;
        yield new Uint8Array(1);
      })();
      await expect(receiveUpload({ ...ctx, actor }, { name: "a.csv" }, body)).rejects.toMatchObject({
        code: "forbidden",
      });
      expect(read).toBe(false);
    }
  });

  test("is refused while it comes when it is too large, whatever it had said of itself", async () => {
    const before = (await files()).length;
    const body = (async function* () {
      for (let mb = 0; mb <= 101; mb++) yield new Uint8Array(1024 ** 2);
    })();
    await expect(receiveUpload(ctx, { name: "a.csv", declaredBytes: 10 }, body)).rejects.toMatchObject({
      place: "body:size",
    });
    const never = (async function* () {
      yield expect.unreachable("what says that it is too large is not read") as never;
    })();
    const declaredBytes = UPLOAD_BYTES_MAX + 1;
    await expect(receiveUpload(ctx, { name: "a.csv", declaredBytes }, never)).rejects.toMatchObject({
      place: "body:size",
    });
    expect((await files()).length).toBe(before);
  });

  test("leaves nothing when it breaks off or is no table, and a bomb is not unpacked", async () => {
    const before = (await files()).length;
    const broken = (async function* () {
      yield new Uint8Array(1000);
      throw new Error("the browser has gone");
    })();
    await expect(receiveUpload(ctx, { name: "a.csv" }, broken)).rejects.toThrow("the browser has gone");

    const bomb = zipOf(workbookAround("", [{ name: "xl/media/x", data: Buffer.alloc(60_000_000) }]));
    const [memory, began] = [process.memoryUsage().rss, performance.now()];
    await expect(sendUpload(ctx, "bomb.xlsx", bomb)).rejects.toMatchObject({ code: "invalid", place: "file" });
    expect(performance.now() - began).toBeLessThan(2000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 ** 2);
    await expect(sendUpload(ctx, "empty.csv", Buffer.alloc(0))).rejects.toMatchObject({ place: "file" });
    await expect(sendUpload(ctx, "a.pdf", Buffer.from("%PDF-1.7 ..."))).rejects.toMatchObject({ place: "file" });
    expect((await files()).length).toBe(before);
    expect(await ctx.sql`select 1 from import_uploads`).toHaveLength(0);
  });

  test("goes when it is not wanted, or after a day; what is being read stays", async () => {
    const [mine, old, read] = [
      await sendUpload(ctx, "a.csv", managers),
      await sendUpload(ctx, "b.csv", managers),
      await sendUpload(ctx, "c.csv", managers),
    ];
    await requestImport(ctx, { uploadIds: [read], dryRun: false });
    await removeUpload(ctx, { uploadId: mine });
    await expect(removeUpload(ctx, { uploadId: mine })).rejects.toMatchObject({ code: "not_found" });
    await expect(removeUpload(ctx, { uploadId: read })).rejects.toMatchObject({ code: "conflict" });
    await expect(requestImport(ctx, { uploadIds: [read], dryRun: false })).rejects.toMatchObject({ code: "conflict" });
    await expect(requestImport(ctx, { uploadIds: [mine], dryRun: true })).rejects.toMatchObject({ code: "not_found" });

    await ctx.sql`update import_uploads set uploaded_at = now() - interval '25 hours'`;
    const part = path.join(uploadFolder(home.path), "left.part");
    await writeFile(part, "half");
    await utimes(part, new Date(0), new Date(0));
    await sweepUploads(ctx);
    expect([mine, old, read].map((id) => existsSync(uploadPath(home.path, id)))).toEqual([false, false, true]);
    expect(existsSync(part)).toBe(false);
  });
});

describe("the preview", () => {
  test("shows what is recognised, the first rows, and which values would be refused", async () => {
    const uploadId = await sendUpload(ctx, "m.csv", [...managers, "103;;31.02.2021", "104;Лис Вера;вчера"]);
    const preview = await previewUpload(ctx, { uploadId });
    expect(preview).toMatchObject({
      table: "managers",
      encoding: "utf-8",
      delimiter: ";",
      isMapped: false,
      headers: ["ID", "Сотрудник", "Дата приёма"],
      columns: ["id", "name", "hired_on"],
      missing: [],
      looked: { rows: 4, refused: 1, refusedValues: 1 },
    });
    expect(preview.rows.map(({ line, refused }) => [line, refused])).toEqual([
      [2, false],
      [3, false],
      [4, true],
      [5, false],
    ]);
    expect(preview.rows[3]!.cells).toEqual([
      { text: "104", problem: null },
      { text: "Лис Вера", problem: null },
      { text: "вчера", problem: "не дата: нужно дд.мм.гггг или гггг-мм-дд" },
    ]);
  });

  test("reads the first rows anew in another encoding, and back", async () => {
    const uploadId = await sendUpload(ctx, "m.csv", windows1251(managers.join("\r\n")));
    expect(await previewUpload(ctx, { uploadId })).toMatchObject({ encoding: "windows-1251", table: "managers" });
    await readUploadAs(ctx, { uploadId, encoding: "ibm866", delimiter: null });
    const wrong = await previewUpload(ctx, { uploadId });
    expect(wrong).toMatchObject({ encoding: "ibm866", table: null, chosen: { encoding: true, delimiter: false } });
    expect(wrong.headers[1]).not.toBe("Сотрудник");
    await readUploadAs(ctx, { uploadId, encoding: "windows-1251", delimiter: null });
    expect((await previewUpload(ctx, { uploadId })).rows[0]?.cells[1]?.text).toBe("Белова Анна");
  });

  test("of a header that nobody knows lets it be laid by hand, which later files with it remember", async () => {
    const strange = ["Табельный|Как зовут|Пришёл|Лишнее", "101|Белова Анна|01.03.2019|да"];
    const uploadId = await sendUpload(ctx, "a.csv", strange);
    const before = await previewUpload(ctx, { uploadId });
    expect(before).toMatchObject({ table: null, delimiter: "|", headers: strange[0]!.split("|"), refusal: null });
    const { signature } = before;
    const lay = (columns: (string | null)[]) => layColumns(ctx, { signature, mapping: { table: "managers", columns } });
    await expect(lay(["id", "id", null, null])).rejects.toMatchObject({ code: "invalid" });
    await expect(lay(["id", "password_hash", null, null])).rejects.toMatchObject({ code: "invalid" });
    await lay(["id", null, "hired_on", null]);
    expect(await previewUpload(ctx, { uploadId })).toMatchObject({ table: "managers", missing: ["name"] });
    await lay(["id", "name", "hired_on", null]);
    const later = await sendUpload(ctx, "b.csv", [strange[0]!, "102|Дёмин Лев|15.06.2021|нет"]);
    expect(await previewUpload(ctx, { uploadId: later })).toMatchObject({
      table: "managers",
      isMapped: true,
      missing: [],
      columns: ["id", "name", "hired_on", null],
    });
    await layColumns(ctx, { signature, mapping: null });
    expect((await previewUpload(ctx, { uploadId: later })).table).toBeNull();
  });

  test("is not for an owner, and of a file that is gone there is none", async () => {
    const uploadId = await sendUpload(ctx, "a.csv", managers);
    const actor = { kind: "user", userId: 2, name: "Владелец", role: "owner", managerId: null } as const;
    await expect(previewUpload({ ...ctx, actor }, { uploadId })).rejects.toMatchObject({ code: "forbidden" });
    await removeUpload(ctx, { uploadId });
    await expect(previewUpload(ctx, { uploadId })).rejects.toMatchObject({ code: "not_found" });
  });
});
