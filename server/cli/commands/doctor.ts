import { statfs } from "node:fs/promises";
import net from "node:net";
import { pendingMigrations } from "#/db/migrate.ts";
import { loadXgboost } from "#/ml/xgboost/library.ts";
import type { Ctx } from "../../context.ts";
import { type Env, readEnv } from "../../env.ts";
import { listModels } from "../../models/list-models.ts";
import { readArtifactBytes } from "../../models/model-store.ts";
import { openRuntime, type Runtime } from "../../runtime.ts";
import type { Words } from "../../wording.ts";
import { type Command, readArgs } from "../command.ts";

/** What was found; `mend` says what to do, and its absence that all is well. */
interface Finding {
  about: Words;
  found: Words | string;
  mend?: Words;
}

export const command: Command = {
  usage: "doctor",
  does: {
    ru: "Осматривает установку и к каждой беде пишет, чем помочь.",
    en: "Examines the installation and says beside each fault how to mend it.",
  },
  async run(args, terminal) {
    readArgs(args, {});
    const env = readEnv();
    const findings: Finding[] = [
      checkNode(),
      await checkXgboost(env),
      await checkDisk(env),
      await checkPort(env),
      ...(await checkDatabase(env)),
    ];
    const pick = (words: Words | string) => (typeof words === "string" ? words : words[terminal.locale]);
    for (const { about, found, mend } of findings) {
      terminal.print(`${mend ? "✗" : "✓"} ${pick(about)}: ${pick(found)}`);
      if (mend) terminal.print(`    → ${pick(mend)}`);
    }
    return findings.some((finding) => finding.mend) ? 1 : 0;
  },
};

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const finding = { about: { ru: "Node", en: "Node" }, found: process.versions.node };
  if (major > 22 || (major === 22 && minor >= 18)) return finding;
  const mend = {
    ru: "Нужен 22.18 или новее. npm ci приносит 24: запускайте через npm run.",
    en: "22.18 or newer is needed. npm ci brings 24: start by npm run.",
  };
  return { ...finding, mend };
}

async function checkXgboost({ xgboostLibrary }: Env): Promise<Finding> {
  const about = { ru: "Библиотека XGBoost", en: "XGBoost library" };
  try {
    const { version, path } = loadXgboost(xgboostLibrary);
    return { about, found: `${version}, ${path}` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      about,
      found: { ru: "нет, обучать нечем", en: "missing, nothing can be trained" },
      mend: { ru: why, en: why },
    };
  }
}

const GIB = 2 ** 30;

async function checkDisk({ home }: Env): Promise<Finding> {
  const { bavail, bsize } = await statfs(home).catch(() => statfs("."));
  const free = bavail * bsize;
  const about = { ru: "Место на диске", en: "Disk" };
  const found = { ru: `свободно ${(free / GIB).toFixed(1)} ГБ`, en: `${(free / GIB).toFixed(1)} GB free` };
  if (free >= 2 * GIB) return { about, found };
  const mend = {
    ru: `Освободите хотя бы 2 ГБ там, где лежит ${home}, или перенесите OSTAP_HOME.`,
    en: `Free at least 2 GB where ${home} lies, or move OSTAP_HOME.`,
  };
  return { about, found, mend };
}

async function checkPort({ port }: Env): Promise<Finding> {
  const about = { ru: `Порт ${port}`, en: `Port ${port}` };
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
  if (isFree) return { about, found: { ru: "свободен", en: "free" } };
  const health = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(5000) })
    .then((answer) => answer.json())
    .catch(() => null);
  if (health?.ready) return { about, found: { ru: "Остап открыт", en: "Ostap is open" } };
  return {
    about,
    found: health
      ? { ru: "Остап отвечает, но не готов", en: "Ostap answers and is not ready" }
      : { ru: "занят другой программой", en: "taken by another program" },
    mend: health
      ? { ru: "Посмотрите его журнал.", en: "See its log." }
      : { ru: "Остановите её или возьмите другой: PORT=3001.", en: "Stop it, or take another: PORT=3001." },
  };
}

async function checkDatabase(env: Env): Promise<Finding[]> {
  const about = { ru: "Postgres", en: "Postgres" };
  let runtime: Runtime | undefined;
  try {
    runtime = await openRuntime("doctor");
    const [row] = await runtime.connection.sql<{ version: string; number: number; trgm: boolean }[]>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
        exists (select from pg_available_extensions where name = 'pg_trgm') as trgm`;
    const { version, number, trgm } = row!;
    const found = `${version} ${env.databaseUrl ? "(DATABASE_URL)" : `(${env.home})`}`;
    if (number < 150_000)
      return [{ about, found, mend: { ru: "Нужен Postgres 15 или новее.", en: "Postgres 15 or newer is needed." } }];
    if (!trgm)
      return [
        {
          about,
          found,
          mend: {
            ru: "Нет расширения pg_trgm: поставьте postgresql-contrib.",
            en: "The extension pg_trgm is missing: install postgresql-contrib.",
          },
        },
      ];
    const pending = await checkMigrations(runtime.databaseUrl);
    if (pending.mend) return [{ about, found }, pending];
    return [{ about, found }, pending, ...(await checkModel(runtime.ctx({ kind: "system", name: "cli" })))];
  } catch (error) {
    return [
      {
        about,
        found: error instanceof Error ? error.message : String(error),
        mend: env.databaseUrl
          ? { ru: "Проверьте DATABASE_URL и запущен ли сервер.", en: "Check DATABASE_URL and whether the server runs." }
          : { ru: `Посмотрите ${env.home}/pg18/data/server.log.`, en: `See ${env.home}/pg18/data/server.log.` },
      },
    ];
  } finally {
    await runtime?.close();
  }
}

async function checkMigrations(url: string): Promise<Finding> {
  const about = { ru: "Миграции", en: "Migrations" };
  const pending = await pendingMigrations(url);
  if (pending === 0) return { about, found: { ru: "все применены", en: "all applied" } };
  if (pending < 0)
    return {
      about,
      found: { ru: "база новее этой сборки", en: "the database is newer than this build" },
      mend: { ru: "Обновите Остап: git pull && npm ci.", en: "Update Ostap: git pull && npm ci." },
    };
  return {
    about,
    found: { ru: `не применено: ${pending}`, en: `${pending} not applied` },
    mend: { ru: "Их применит npm start.", en: "npm start applies them." },
  };
}

async function checkModel(ctx: Ctx): Promise<Finding[]> {
  const about = { ru: "Действующая модель", en: "Active model" };
  const active = (await listModels(ctx, { limit: 200 })).find((model) => model.status === "active");
  if (!active)
    return [
      {
        about,
        found: { ru: "нет, отвечают правила", en: "none, the hand rules answer" },
        mend: {
          ru: "npm run ostap -- train, затем npm run ostap -- promote latest",
          en: "npm run ostap -- train, then npm run ostap -- promote latest",
        },
      },
    ];
  const file = { about: { ru: "Файл модели", en: "Model file" } };
  const found = { ru: `${active.modelId}, на ${active.asOf}`, en: `${active.modelId}, as of ${active.asOf}` };
  try {
    await readArtifactBytes(ctx.home, active.artifactSha256);
    return [
      { about, found },
      { ...file, found: active.artifactSha256 },
    ];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      { about, found },
      {
        ...file,
        found: why,
        mend: {
          ru: "Верните файл из копии, или обучите заново, или npm run ostap -- rollback.",
          en: "Restore the file from a backup, retrain, or npm run ostap -- rollback.",
        },
      },
    ];
  }
}
