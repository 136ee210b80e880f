import { existsSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { HandedBack } from "../jobs/handed-back.ts";
import { emptyMarket } from "../testing/empty-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { cancelImport } from "./cancel-import.ts";
import { layColumns } from "./lay-columns.ts";
import { listImports } from "./list-imports.ts";
import { listRefusedRows } from "./list-refused-rows.ts";
import { mendRows } from "./mend-rows.ts";
import { previewUpload } from "./preview-upload.ts";
import { requestImport } from "./request-import.ts";
import { runImport } from "./run-import.ts";
import { showImport } from "./show-import.ts";
import { takeUpImports } from "./take-up-imports.ts";
import { sendUpload } from "./testing/send-upload.ts";
import { uploadPath } from "./upload-files.ts";

const database = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;

beforeEach(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  await emptyMarket(ctx);
  await ctx.sql`delete from pgboss.job where name = 'run-import'`.catch(() => {});
});

const header = "ID;Дата создания;Ответственный;Бренд;Площадь от;Площадь до;Какой берег интересует?";
const leads = [header, "20001;01.09.2026;Белова Анна;Ёлка;40;80;правый", "20002;03.09.2026;;Сова;60;;"];
const patience = { timeout: 20_000 };

async function importOf(lines: readonly string[], dryRun = false, name = "leads.csv") {
  const uploadId = await sendUpload(ctx, name, lines);
  const { runId } = await requestImport(ctx, { uploadIds: [uploadId], dryRun });
  await runImport(ctx, { runId });
  return { runId, uploadId };
}

/** Holds the lock that imports write under: a run then stands before its merge for as long as the test needs. */
async function whileNobodyMayWrite(work: () => Promise<void>): Promise<void> {
  const held = await ctx.sql.reserve();
  await held`select pg_advisory_lock(hashtextextended('ostap:import', 0))`;
  try {
    await work();
  } finally {
    await held`select pg_advisory_unlock(hashtextextended('ostap:import', 0))`;
    held.release();
  }
}

const countLeads = async () => Number((await ctx.sql`select count(*) as n from leads`)[0]?.n);
const waitingJobs = () => ctx.sql`select data from pgboss.job where name = 'run-import' and state = 'created'`;

describe("a run", () => {
  test("that is tried first tells what would be new and what would change, and writes nothing", async () => {
    await importOf(leads);
    const { runId, uploadId } = await importOf(
      [
        header,
        "20001;01.09.2026;Белова Анна;Ель;40;90;правый",
        leads[2]!,
        "20003;05.09.2026;;Новый;;;левый",
        "x;;;;;;",
      ],
      true,
    );
    const view = await showImport(ctx, { runId });
    expect(view).toMatchObject({ status: "done", dryRun: true, uploadIds: [uploadId] });
    expect(view.totals).toMatchObject({ rows: 4, inserted: 1, changed: 1, unchanged: 1, refused: 1 });
    expect(view.files[0]?.examples).toEqual([
      {
        key: "20001",
        isNew: false,
        values: [
          { column: "brand", was: "Ёлка", now: "Ель" },
          { column: "area_to_sqm", was: "80", now: "90" },
        ],
      },
      {
        key: "20003",
        isNew: true,
        values: [
          { column: "created_on", was: null, now: "2026-09-05" },
          { column: "brand", was: null, now: "Новый" },
          { column: "bank", was: null, now: "left" },
        ],
      },
    ]);
    expect(await ctx.sql`select id, brand from leads order by id`).toEqual([
      { id: "20001", brand: "Ёлка" },
      { id: "20002", brand: "Сова" },
    ]);
    // The same files become the real thing.
    const real = await requestImport(ctx, { uploadIds: view.uploadIds, dryRun: false });
    await runImport(ctx, real);
    expect((await showImport(ctx, real)).totals).toEqual(view.totals);
    expect(await countLeads()).toBe(3);
    expect(existsSync(uploadPath(home.path, uploadId))).toBe(false);
    expect(await listImports(ctx)).toMatchObject({ uploads: [], underWay: [], mayRun: true });
  });

  test("is read as it was laid by hand; what is laid half is refused whole", async () => {
    const lines = ["Номер|Когда|Кто", "1|01.09.2026|Ёлка"];
    const uploadId = await sendUpload(ctx, "a.csv", lines);
    const { signature } = await previewUpload(ctx, { uploadId });
    await layColumns(ctx, { signature, mapping: { table: "leads", columns: ["id", null, "brand"] } });
    const half = await requestImport(ctx, { uploadIds: [uploadId], dryRun: true });
    await runImport(ctx, half);
    expect((await showImport(ctx, half)).files[0]?.refusal).toContain("не хватает обязательных");
    expect((await showImport({ ...ctx, locale: "en" }, half)).files[0]?.refusal).toContain("needed");
    await layColumns(ctx, { signature, mapping: { table: "leads", columns: ["id", "created_on", "brand"] } });
    const whole = await requestImport(ctx, { uploadIds: [uploadId], dryRun: false });
    await runImport(ctx, whole);
    expect(await ctx.sql`select id, brand from leads`).toEqual([{ id: "1", brand: "Ёлка" }]);
  });

  test("that is cancelled while it waits never begins, and while it runs leaves nothing", async () => {
    const uploadId = await sendUpload(ctx, "leads.csv", leads);
    const waiting = await requestImport(ctx, { uploadIds: [uploadId], dryRun: false });
    expect(await cancelImport(ctx, waiting)).toEqual({ cancelled: true });
    await expect(runImport(ctx, waiting)).rejects.toMatchObject({ code: "conflict" });

    const running = await requestImport(ctx, { uploadIds: [uploadId], dryRun: false });
    await whileNobodyMayWrite(async () => {
      const ran = runImport(ctx, running).catch((error: unknown) => error);
      await expect.poll(async () => (await showImport(ctx, running)).stage, patience).toBe("writing");
      expect(await cancelImport(ctx, running)).toEqual({ cancelled: true });
      // The statement that waits is cancelled: nobody lets the lock go.
      expect(await ran).toBeInstanceOf(Error);
    });
    expect(await showImport(ctx, running)).toMatchObject({ status: "cancelled", uploadIds: [uploadId] });
    expect(await countLeads()).toBe(0);
    expect(await cancelImport(ctx, running)).toEqual({ cancelled: false });
  });

  test("goes back into the queue where its worker must go, and the next one does it", async () => {
    const uploadId = await sendUpload(ctx, "leads.csv", leads);
    const run = await requestImport(ctx, { uploadIds: [uploadId], dryRun: false });
    const leaving = new AbortController();
    await whileNobodyMayWrite(async () => {
      const ran = runImport(ctx, run, { signal: leaving.signal }).catch((error: unknown) => error);
      await expect.poll(async () => (await showImport(ctx, run)).stage, patience).toBe("writing");
      leaving.abort(new HandedBack("The worker is being stopped."));
      expect(await ran).toBeInstanceOf(Error);
    });
    expect(await showImport(ctx, run)).toMatchObject({ status: "queued", attempts: 0 });
    expect(await countLeads()).toBe(0);
    expect((await waitingJobs()).length).toBe(2);
    await runImport(ctx, run);
    expect(await showImport(ctx, run)).toMatchObject({ status: "done", totals: { inserted: 2 } });
  });

  test("whose process died is begun anew, and after three deaths told as failed", async () => {
    const uploadId = await sendUpload(ctx, "leads.csv", leads);
    const run = await requestImport(ctx, { uploadIds: [uploadId], dryRun: false });
    for (const attempts of [1, 2, 3]) {
      await ctx.sql`update import_runs set status = 'running', attempts = ${attempts} where id = ${run.runId}`;
      expect(await takeUpImports(ctx)).toEqual([run.runId]);
      expect(await takeUpImports(ctx)).toEqual([]);
      expect((await showImport(ctx, run)).status).toBe(attempts < 3 ? "queued" : "failed");
    }
    expect((await showImport(ctx, run)).failure).toContain("3 раза подряд");
  });

  test("that had committed its rows before it died reports what it brought, and not that nothing was new", async () => {
    const { runId } = await importOf(leads);
    const { files } = await showImport(ctx, { runId });
    await ctx.sql`update import_runs set status = 'queued', finished_at = null where id = ${runId}`;
    await runImport(ctx, { runId });
    expect(await showImport(ctx, { runId })).toMatchObject({ status: "done", files, totals: { inserted: 2 } });
  });

  test("is asked for and cancelled by an administrator, and looked at by an owner too", async () => {
    const { runId } = await importOf(leads);
    const as = (role: "manager" | "owner"): Ctx => ({
      ...ctx,
      actor: { kind: "user", userId: 1, name: "Анна", role, managerId: null },
    });
    const refused = { code: "forbidden" };
    for (const role of ["manager", "owner"] as const) {
      await expect(requestImport(as(role), { uploadIds: [], dryRun: true })).rejects.toMatchObject(refused);
      await expect(cancelImport(as(role), { runId })).rejects.toMatchObject(refused);
      await expect(runImport(as(role), { runId })).rejects.toMatchObject(refused);
      await expect(mendRows(as(role), { runId, rows: [] })).rejects.toMatchObject(refused);
    }
    expect(await showImport(as("owner"), { runId })).toMatchObject({ status: "done", mayRun: false });
    await expect(showImport(as("manager"), { runId })).rejects.toMatchObject(refused);
    await expect(listImports(as("manager"))).rejects.toMatchObject(refused);
    await expect(listRefusedRows(as("manager"), { runId })).rejects.toMatchObject(refused);
  });
});

describe("refused rows", () => {
  const faulty = [
    header,
    "20001;01.09.2026;Белова Анна;Ёлка;-5;80;правый",
    "20002;31.02.2026;;Сова;60;;",
    "20003;05.09.2026;;Лев;;;правый",
    "20004;;;Без даты;;;",
  ];

  test("are told with their cells and what is wrong with each", async () => {
    const { runId } = await importOf(faulty);
    const { lines, total, open } = await listRefusedRows(ctx, { runId });
    expect([total, open]).toEqual([3, 3]);
    expect(lines.map(({ line, whole, problems }) => [line, whole, problems[0]?.column])).toEqual([
      [2, false, "area_from_sqm"],
      [3, true, "created_on"],
      [5, true, "created_on"],
    ]);
    expect(lines[1]?.fields?.slice(0, 2)).toEqual([
      { column: "id", header: "ID", text: "20002" },
      { column: "created_on", header: "Дата создания", text: "31.02.2026" },
    ]);
  });

  test("that are mended come in as an import of their own; what is still wrong is told, and nothing of it is in", async () => {
    const { runId } = await importOf(faulty);
    const file = "leads.csv";
    const wrong = await mendRows(ctx, { runId, rows: [{ file, line: 3, cells: { created_on: "32.01.2026" } }] });
    expect(wrong).toMatchObject({
      runId: null,
      taken: [],
      refused: [{ line: 3, problems: [{ column: "created_on" }] }],
    });
    expect(await ctx.sql`select count(*)::int as n from import_runs`).toEqual([{ n: 1 }]);

    const mended = await mendRows(ctx, {
      runId,
      rows: [
        { file, line: 3, cells: { created_on: "28.02.2026", brand: "Сова и дети" } },
        { file, line: 5, cells: { created_on: "позавчера" } },
      ],
    });
    expect(mended.taken).toEqual([{ file, line: 3 }]);
    expect(mended.refused.map(({ line }) => line)).toEqual([5]);
    expect(await ctx.sql`select id, created_on::text, brand from leads where id = '20002'`).toEqual([
      { id: "20002", created_on: "2026-02-28", brand: "Сова и дети" },
    ]);
    const small = await showImport(ctx, { runId: mended.runId! });
    expect(small).toMatchObject({ status: "done", mendsRunId: runId, totals: { rows: 1, inserted: 1, refused: 0 } });
    expect(await showImport(ctx, { runId })).toMatchObject({ mendedBy: [mended.runId] });
    const left = await listRefusedRows(ctx, { runId, openOnly: true });
    expect([left.open, left.lines.map(({ line }) => line)]).toEqual([2, [2, 5]]);
    const again = { runId, rows: [{ file, line: 3, cells: { created_on: "27.02.2026" } }] };
    await expect(mendRows(ctx, again)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a value that is mended leaves alone what has meanwhile become newer", async () => {
    const { runId } = await importOf(faulty);
    await importOf([header, "20001;01.09.2026;Белова Анна;Ёлка и Ко;;80;правый"]);
    await mendRows(ctx, { runId, rows: [{ file: "leads.csv", line: 2, cells: { area_from_sqm: "50" } }] });
    expect(await ctx.sql`select brand, area_from_sqm, area_to_sqm, bank from leads where id = '20001'`).toEqual([
      { brand: "Ёлка и Ко", area_from_sqm: 50, area_to_sqm: 80, bank: "right" },
    ]);
  });

  test("mended twice at once come in once", async () => {
    const { runId } = await importOf(faulty);
    const rows = [{ file: "leads.csv", line: 5, cells: { created_on: "01.09.2026" } }];
    const answers = await Promise.allSettled([mendRows(ctx, { runId, rows }), mendRows(ctx, { runId, rows })]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(
      await ctx.sql`select count(*)::int as n from import_runs where status = 'done' and mends_run_id = ${runId}`,
    ).toEqual([{ n: 1 }]);
  });

  test("of a dry run, of another line, and by another column are refused", async () => {
    const dry = await importOf(faulty, true);
    const cells = { created_on: "01.09.2026" };
    await expect(
      mendRows(ctx, { runId: dry.runId, rows: [{ file: "leads.csv", line: 5, cells }] }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    const { runId } = await importOf(faulty);
    for (const row of [
      { file: "leads.csv", line: 4, cells },
      { file: "other.csv", line: 5, cells },
      { file: "leads.csv", line: 5, cells: { manager_id: "101" } },
    ])
      await expect(mendRows(ctx, { runId, rows: [row] })).rejects.toMatchObject({ code: "not_found" });
    await expect(mendRows(ctx, { runId: 99, rows: [] })).rejects.toMatchObject({ code: "not_found" });
  });
});
