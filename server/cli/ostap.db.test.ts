import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { readReport } from "#/ml/evaluation/report.ts";
import { exportFiles } from "#/ml/testing/export-market.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import { passwordFits } from "../auth/password.ts";
import { useTestHome } from "../testing/test-home.ts";
import { type Outcome, runProgram } from "./testing/run-program.ts";

const database = useTestDatabase();
const home = useTestHome();

function ostap(args: string[], env: Record<string, string> = {}, stdin = ""): Promise<Outcome> {
  return runProgram("server/cli/ostap.ts", args, { DATABASE_URL: database.url, OSTAP_HOME: home.path, ...env }, stdin);
}

describe("wrong usage ends with 2, says what is wrong, and touches nothing", () => {
  test.each([
    [["frobnicate"], /There is no command "frobnicate"/],
    [[], /npm run ostap -- <command>/],
    [["import"], /Name a folder or files/],
    [["import", "/nonexistent/exports"], /There is no \/nonexistent\/exports/],
    [["models", "extra"], /Not expected: extra/],
    [["models", "report"], /Name the model/],
    [["models", "report", "latest", "--json", "--html", "x.html"], /One of/],
    [["train", "--as-of", "2026-13-01"], /asOf/],
    [["dataset", "export"], /out/],
    [["dataset", "export", "--out", "x", "--format", "parquet"], /format/],
    [["models", "import", "--suitability", "a.json"], /deal.*dataset/],
    [["train", "--as-off", "2026-10-01"], /--as-off/],
    [["promote"], /Name the model/],
    [["promote", "first"], /modelId/],
    [["match"], /leadId/],
    [["user", "create", "--email", "a@example.ru", "--name", "A", "--role", "boss"], /role/],
    [["api-key", "create", "--name", "crm", "--scopes", "match,everything"], /scopes/],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await ostap(args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });
});

test("help goes to a person in his language and is no failure", async () => {
  const english = await ostap(["--help"]);
  expect(english.code).toBe(0);
  for (const command of [
    "import",
    "train",
    "models",
    "dataset export",
    "models import",
    "promote",
    "rollback",
    "match",
    "user create",
    "doctor",
  ]) {
    expect(english.stderr).toContain(`  ${command}`);
  }
  const russian = await ostap(["--help"], { LANG: "ru_RU.UTF-8" });
  expect(russian.stderr).toContain("Перечисляет модели");
});

test("an environment that is not usable is said by its name, and is a failure", async () => {
  const { code, stderr } = await ostap(["models"], { PORT: "many" });
  expect(code).toBe(1);
  expect(stderr).toContain("PORT");
});

test("a key is printed once, alone on stdout, and only its hash is kept", async () => {
  const { code, stdout } = await ostap(["api-key", "create", "--name", "crm", "--scopes", "match,marks"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ostap_[\w-]{43}\n$/);
  const keys = await database.connection.db.query.apiKeys.findMany();
  expect(keys).toMatchObject([{ name: "crm", scopes: ["match", "marks"] }]);
  expect(JSON.stringify(keys)).not.toContain(stdout.trim());
});

test("a person gets the password that was piped in, or a fresh one that is printed once", async () => {
  const create = (email: string, ...more: string[]) =>
    ostap(
      ["user", "create", "--email", email, "--name", "Анна", "--role", "admin", ...more],
      {},
      "лодка у причала 7\n",
    );
  const piped = await create("piped@example.ru", "--password-stdin");
  expect(piped).toMatchObject({ code: 0, stdout: "" });
  const fresh = await create("fresh@example.ru");
  expect(fresh.code).toBe(0);
  const again = await create("fresh@example.ru");
  expect(again).toMatchObject({ code: 1, stdout: "" });
  expect(again.stderr).toContain("exists already");

  const users = await database.connection.db.query.users.findMany();
  const hash = (email: string) => users.find((user) => user.email === email)?.passwordHash ?? null;
  expect(await passwordFits(hash("piped@example.ru"), "лодка у причала 7")).toBe(true);
  expect(await passwordFits(hash("fresh@example.ru"), fresh.stdout.trim())).toBe(true);
});

describe("from exports to an answer", { timeout: 600_000 }, () => {
  let exports: string;

  beforeAll(async () => {
    exports = path.join(home.path, "exports");
    await mkdir(exports);
    for (const { name, chunks } of exportFiles(makeMarket({ leads: 4000, premises: 120, managers: 8 }))) {
      await writeFile(path.join(exports, name), [...chunks].join(""));
    }
  });

  test("a dry run writes nothing; the import does; the same again changes nothing", async () => {
    const dry = await ostap(["import", exports, "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/leads\.csv\tleads\trows 4000, new 3\d\d\d/);
    expect(await database.connection.db.query.leads.findFirst()).toBeUndefined();

    const first = await ostap(["import", exports]);
    expect(first.code).toBe(0);
    expect(first.stdout.trim().split("\n")).toHaveLength(7);

    const second = await ostap(["import", path.join(exports, "leads.csv"), path.join(exports, "deals.csv")]);
    expect(second.code).toBe(0);
    for (const line of second.stdout.trim().split("\n")) expect(line).toContain("new 0, changed 0");
  });

  test("a file that is no table is a failure with one clear sentence", async () => {
    const file = path.join(home.path, "picture.csv");
    await writeFile(file, new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 0]));
    const { code, stdout } = await ostap(["import", file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^picture\.csv\tnot taken: .+\n$/);
  });

  test("without a model the hand rules answer, and say so", async () => {
    const lead = await database.connection.db.query.leads.findFirst();
    const { code, stdout } = await ostap(["match", "--lead", lead!.id, "--json"]);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer.modelId).toBeNull();
    expect(answer.items.length).toBeGreaterThan(0);
    expect((await ostap(["match", "--lead", "999999999"])).code).toBe(1);
  });

  test("a model is trained, promoted with a reason, found well by the doctor, and answers", async () => {
    const trained = await ostap(["train"]);
    expect(trained.stderr).toMatch(/9[05] % /);
    expect(trained.code).toBe(0);
    const modelId = trained.stdout.trim();

    const listed = await ostap(["models"]);
    expect(listed.stdout).toMatch(new RegExp(`^${modelId}\tcandidate\t`));

    const page = path.join(home.path, "report.html");
    const told = await ostap(["models", "report", "latest", "--html", page]);
    expect(told).toMatchObject({ code: 0, stdout: `${page}\n` });
    expect(await readFile(page, "utf8")).toContain(`Model ${modelId}: what it is worth`);
    const json = await ostap(["models", "report", modelId, "--json"]);
    expect(readReport(JSON.parse(json.stdout))?.rankers[0]?.name).toBe("candidate");
    const brief = await ostap(["models", "report", modelId]);
    expect(brief.stdout).toMatch(/^candidate\t0\.\d{3}\t/m);
    expect(await ostap(["models", "report", "999"])).toMatchObject({ code: 1, stdout: "" });

    const promoted = await ostap(["promote", "latest", "--override", "a test of the command line"]);
    expect(promoted).toMatchObject({ code: 0, stdout: `${modelId}\n` });

    const lead = await database.connection.db.query.leads.findFirst();
    const match = await ostap(["match", "--lead", lead!.id, "--json"]);
    expect(JSON.parse(match.stdout).modelId).toBe(Number(modelId));

    const rolledBack = await ostap(["rollback"]);
    expect(rolledBack.code).toBe(1);
    expect(rolledBack.stderr).toContain("nothing to roll back to");
  });

  test("the doctor names a damaged model file and its mend", async () => {
    const model = await database.connection.db.query.models.findFirst();
    // A port of our own: a server that runs on this machine is no business of this test.
    const healthy = await ostap(["doctor"], { PORT: "48231" });
    expect(healthy.stdout).toContain("✓ Model file");
    expect(healthy.code).toBe(0);
    await writeFile(path.join(home.path, "models", model!.artifactSha256), "broken");
    const sick = await ostap(["doctor"], { PORT: "48231" });
    expect(sick.code).toBe(1);
    expect(sick.stdout).toMatch(/✗ Model file.*\n {4}→ Restore the file/);
  });
});
