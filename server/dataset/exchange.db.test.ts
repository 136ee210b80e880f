import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditLog, leads, models, trainings } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { DatasetManifest } from "#/ml/dataset/manifest.ts";
import type { EvaluationReport } from "#/ml/evaluation/report.ts";
import { fitHeads } from "#/ml/training/fit-heads.ts";
import { Laps } from "#/ml/training/laps.ts";
import { matrixOf, prepareMaterial, type TrainingMaterial } from "#/ml/training/material.ts";
import { trainBooster } from "#/ml/xgboost/booster.ts";
import { loadXgboost } from "#/ml/xgboost/library.ts";
import { parseTrees } from "#/ml/xgboost/trees.ts";
import type { Ctx } from "../context.ts";
import { loadFacts } from "../matching/load-facts.ts";
import { matchLead } from "../matching/match-lead.ts";
import { importModel } from "../models/import-model.ts";
import { promoteModel } from "../models/promote-model.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket } from "../testing/train-small-market.ts";
import { exportDataset } from "./export-dataset.ts";

const heads = ["suitability", "deal"] as const;
const runProgram = promisify(execFile);
const program = spawnSync("xgboost", ["-V"], { encoding: "utf8" });
const haveProgram = program.status === 0;
// `npm test` brings it on Linux; other systems' packages leave the program out.
if (!haveProgram && process.platform === "linux")
  throw new Error("This test needs XGBoost's command line program: apt-get install xgboost");

const database = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;
let material: TrainingMaterial;
let table: string;
let tableManifest: DatasetManifest;

beforeAll(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  await insertMarket(ctx.db, smallMarket(9).history());
  const history = await loadFacts(ctx);
  material = prepareMaterial(history, { asOfDay: history.snapshotDay, seed: 1 });
  table = path.join(home.path, "table");
  tableManifest = await exportDataset(ctx, { out: table });
}, 60_000);

const readManifest = async (folder: string): Promise<DatasetManifest> =>
  JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));

describe("an export", () => {
  test("is an administrator's deed, and is written into the audit log", async () => {
    const owner: Ctx = { ...ctx, actor: { kind: "user", userId: 1, name: "x", role: "owner", managerId: null } };
    const out = path.join(home.path, "not-his");
    await expect(exportDataset(owner, { out })).rejects.toMatchObject({ code: "forbidden" });
    const lines = await ctx.db.select().from(auditLog).where(eq(auditLog.action, "dataset:export"));
    expect(lines).toMatchObject([{ actor: "system:cli", detail: { format: "csv", rows: tableManifest.rows } }]);
  });

  test("holds our own matrix to the last bit, an empty cell where it is missing, and all its rows", async () => {
    const rows: string[][] = parse(await readFile(path.join(table, "dataset.csv"), "utf8"));
    const header = rows.shift()!;
    const columns = material.features.length;
    const matrix = matrixOf(material, material.sets);
    expect(rows.length * columns).toBe(matrix.length);
    const first = header.indexOf(material.features[0]!.name);
    expect(header.slice(first)).toEqual(material.features.map(({ name }) => name));
    let missing = 0;
    const off = rows.findIndex((cells, row) =>
      cells.slice(first).some((cell, column) => {
        const value = matrix[row * columns + column]!;
        if (cell === "") missing++;
        return cell === "" ? !Number.isNaN(value) : Math.fround(Number(cell)) !== value;
      }),
    );
    expect(off).toBe(-1);
    expect(missing).toBe(matrix.filter(Number.isNaN).length);
    const split = header.indexOf("split");
    for (const part of ["fit", "tune", "test"] as const)
      expect(rows.filter((cells) => cells[split] === part)).toHaveLength(tableManifest.rows[part]);
    const [group, lead, premises] = ["group", "lead_id", "premises_id"].map((name) => header.indexOf(name));
    expect(new Set(rows.map((cells) => cells[group!])).size).toBe(tableManifest.sets);
    const set = material.sets[7]!;
    const its = rows.filter((cells) => cells[group!] === "7");
    const free = material.timeline.freeOn(set.day).premises;
    expect(its.map((cells) => cells[premises!])).toEqual(
      set.candidates.map(({ at }) => material.timeline.premises[free[at]!]!.premisesId),
    );
    expect(its[0]![lead!]).toBe(set.leadId ?? "");
  });

  test("its manifest says what it was made of, and the hash of each file", async () => {
    const manifest = await readManifest(table);
    expect(manifest).toEqual(tableManifest);
    expect(manifest.snapshot.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.heads.deal.xgboost).toMatchObject({ objective: "binary:logistic", base_score: "0.02", seed: "1" });
    expect(manifest.heads.deal.xgboost.monotone_constraints).toMatch(/^\([-0,1]+\)$/);
    expect(manifest.heads.suitability.xgboost.monotone_constraints).toBeUndefined();
    for (const { name, bytes, sha256 } of manifest.files) {
      const content = await readFile(path.join(table, name));
      expect([content.length, createHash("sha256").update(content).digest("hex")]).toEqual([bytes, sha256]);
    }
    expect(manifest.howToTrain).toHaveProperty("spark");
  });

  test("does not write over anything unasked, and only over its own files when asked", async () => {
    await expect(exportDataset(ctx, { out: table })).rejects.toMatchObject({ code: "conflict" });
    const out = path.join(home.path, "with-notes");
    await mkdir(out);
    await writeFile(path.join(out, "notes.txt"), "mine");
    await expect(exportDataset(ctx, { out })).rejects.toMatchObject({ code: "conflict" });
    const percents: number[] = [];
    const onProgress = ({ rows, of }: { rows: number; of: number }) => percents.push(rows / of);
    const again = await exportDataset(ctx, { out, force: true }, { onProgress });
    expect(again.files).toEqual(tableManifest.files);
    expect(await readFile(path.join(out, "notes.txt"), "utf8")).toBe("mine");
    expect(percents.length).toBeGreaterThan(2);
    expect(percents.at(-1)).toBe(1);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  });

  test("leaves nothing when it is stopped, and looks into no future", async () => {
    const out = path.join(home.path, "stopped");
    const stop = new AbortController();
    const stopped = exportDataset(
      ctx,
      { out },
      { signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) },
    );
    await expect(stopped).rejects.toThrow("enough");
    expect(await readdir(out)).toEqual([]);
    await expect(exportDataset(ctx, { out, asOf: "2026-11-24" })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe.runIf(haveProgram)("there and back with XGBoost's own program", { timeout: 180_000 }, () => {
  let folder: string;
  const fileOf = (head: (typeof heads)[number]) => path.join(folder, `${head}.json`);
  const files = () => ({ suitability: fileOf("suitability"), deal: fileOf("deal"), dataset: folder });

  beforeAll(async () => {
    folder = path.join(home.path, "cli");
    await exportDataset(ctx, { out: folder, format: "libsvm" });
    // Threads that spin while they wait for each other cost many times their work beside other tests.
    const env = { ...process.env, OMP_WAIT_POLICY: "passive" };
    for (const head of heads) await runProgram("xgboost", [`${head}.conf`], { cwd: folder, env });
  }, 180_000);

  test("it grows the very trees that our own calls of the library grow", async () => {
    const { fit } = material.split;
    const laps = new Laps(undefined, undefined);
    const own = await fitHeads(material, fit, matrixOf(material, fit), {
      laps,
      library: loadXgboost(),
      from: 0,
      to: 1,
    });
    for (const head of heads) {
      const { featureNames: _, ...trees } = parseTrees(await readFile(fileOf(head)));
      const { featureNames: __, ...ours } = parseTrees(own[head]);
      expect(trees).toEqual(ours);
    }
  });

  test("its model passes parity and the gate, is promoted, and answers", async () => {
    const percents: number[] = [];
    const { modelId, report, sameRecords } = await importModel(ctx, files(), {
      onProgress: ({ percent }) => percents.push(percent),
    });
    expect(sameRecords).toBe(true);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(report.parity).toMatchObject({ ok: true, flipped: 0, reasons: [] });
    expect(report.parity.maxAbsDiff).toBeLessThanOrEqual(1e-5);
    const [row] = await ctx.db.select().from(models).where(eq(models.id, modelId));
    const manifest = await readManifest(folder);
    expect(row).toMatchObject({
      status: "candidate",
      featureSetId: manifest.featureSetId,
      snapshot: manifest.snapshot,
      seed: 1,
      parameters: {
        trainedElsewhere: { deal: { xgboost: "1.7.4", trees: manifest.heads.deal.rounds } },
      },
      libraries: { trainer_deal: "xgboost 1.7.4" },
    });
    expect((row!.report as unknown as EvaluationReport).rows.training).toBe(manifest.rows.fit);
    const promotion = await promoteModel(ctx, { modelId });
    expect(promotion).toMatchObject({ ok: true, changed: true });
    const [lead] = await ctx.db.select().from(leads).orderBy(desc(leads.createdOn)).limit(1);
    const match = await matchLead(ctx, { leadId: lead!.id });
    expect(match.modelId).toBe(modelId);
    expect(match.premises.size).toBeGreaterThan(0);
  });

  test("when the records have moved on it is judged on those of now, and says so", async () => {
    const [lead] = await ctx.db
      .select()
      .from(leads)
      .where(eq(leads.id, material.sets.findLast((s) => s.leadId)!.leadId!));
    await ctx.db.update(leads).set({ budgetRubMonth: 123_456 }).where(eq(leads.id, lead!.id));
    const { modelId, sameRecords } = await importModel(ctx, files());
    await ctx.db.update(leads).set({ budgetRubMonth: lead!.budgetRubMonth }).where(eq(leads.id, lead!.id));
    expect(sameRecords).toBe(false);
    const [row] = await ctx.db.select().from(models).where(eq(models.id, modelId));
    const { snapshot } = await readManifest(folder);
    expect(row!.snapshot.sha256).not.toBe(snapshot.sha256);
    expect(row!.parameters.trainedElsewhere).toMatchObject({ dataset: { snapshot } });
  });

  test("a deal head that rises with the rent is refused by an example, and nothing is registered", async () => {
    const before = await ctx.db.$count(models);
    const free = path.join(home.path, "free");
    await mkdir(free);
    const { fit } = material.split;
    const matrix = matrixOf(material, fit);
    const columns = material.features.length;
    // Told that dear premises are the ones that are rented.
    const rent = material.features.findIndex(({ name }) => name === "rent_sqm");
    const rows = matrix.length / columns;
    const labels = Float32Array.from({ length: rows }, (_, row) => +(matrix[row * columns + rent]! > Math.log(900)));
    const { modelJson } = await trainBooster({ matrix, rows, columns, labels, rounds: 20, parameters: {} });
    await writeFile(path.join(free, "deal.json"), modelJson);
    const refused = importModel(ctx, { ...files(), deal: path.join(free, "deal.json") });
    await expect(refused).rejects.toMatchObject({
      code: "invalid",
      words: {
        ru: expect.stringMatching(/растёт с ценой: помещение .+ → .+ ₽.*monotone_constraints/),
        en: expect.stringMatching(/rises with the rent/),
      },
    });
    expect(await ctx.db.$count(models)).toBe(before);
    const [last] = await ctx.db.select().from(trainings).orderBy(desc(trainings.id)).limit(1);
    expect(last).toMatchObject({ status: "failed", failure: expect.stringContaining("rises with the rent") });
  });

  describe("is refused in words, before a training begins", () => {
    async function refusalOf(change: (folder: string) => Promise<void>): Promise<{ en: string; code: string }> {
      const copy = path.join(home.path, "changed");
      await rm(copy, { recursive: true, force: true });
      await mkdir(copy);
      for (const name of ["manifest.json", "suitability.json", "deal.json"])
        await copyFile(path.join(folder, name), path.join(copy, name));
      await change(copy);
      const before = await ctx.db.$count(trainings);
      const error = await importModel(ctx, {
        suitability: path.join(copy, "suitability.json"),
        deal: path.join(copy, "deal.json"),
        dataset: copy,
      }).then(
        () => null,
        (error) => error,
      );
      expect(await ctx.db.$count(trainings)).toBe(before);
      return { en: error?.words?.en, code: error?.code };
    }

    const edit = (name: string, change: (json: Record<string, never>) => void) => async (folder: string) => {
      const file = path.join(folder, name);
      const json = JSON.parse(await readFile(file, "utf8"));
      change(json);
      await writeFile(file, JSON.stringify(json));
    };

    test.each<[string, (folder: string) => Promise<void>, RegExp]>([
      ["no manifest", (at) => rm(path.join(at, "manifest.json")), /There is no manifest.json/],
      ["a cut manifest", (at) => truncate(path.join(at, "manifest.json"), 100), /manifest.json.*damaged/],
      [
        "another feature set",
        edit("manifest.json", (json: Record<string, unknown>) => (json.featureSetId = "0123456789abcdef")),
        /made of features 01234567, this build has/,
      ],
      [
        "an edited vocabulary",
        edit("manifest.json", (json: { vocabulary?: { trades: string[] } }) => json.vocabulary!.trades.pop()),
        /columns in manifest.json are not those of its vocabulary/,
      ],
      ["no model file", (at) => rm(path.join(at, "deal.json")), /There is no model file/],
      ["a cut model", (at) => truncate(path.join(at, "deal.json"), 5000), /Head deal: .*cut short/],
      ["too large a model", (at) => truncate(path.join(at, "deal.json"), 65 * 1024 * 1024), /up to 64 MB/],
      [
        "one file for both heads",
        (at) => copyFile(path.join(at, "deal.json"), path.join(at, "suitability.json")),
        /Both heads name the same file/,
      ],
    ])("%s", async (_, change, message) => {
      const refused = await refusalOf(change);
      expect(refused.en).toMatch(message);
      expect(refused.code).toBe("invalid");
    });

    test("and whoever is no administrator", async () => {
      const owner: Ctx = { ...ctx, actor: { kind: "user", userId: 1, name: "x", role: "owner", managerId: null } };
      await expect(importModel(owner, files())).rejects.toMatchObject({ code: "forbidden" });
    });
  });
});
