import { parseArgs } from "node:util";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import { readEnv } from "../env.ts";
import { AppError } from "../errors.ts";
import { buildIfNeeded } from "./build-app.ts";
import { serve } from "./serve.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

/** `npm start`: builds if needed, brings the database up to date, runs web and worker until told to stop. */
async function main(terminal: Terminal): Promise<0 | 1> {
  const { values } = parseArgs({ options: { dev: { type: "boolean", default: false } } });
  const env = readEnv();
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());

  if (!values.dev) await buildIfNeeded(terminal);
  const embedded = env.databaseUrl ? null : await joinEmbeddedPostgres(env.home);
  try {
    const databaseUrl = env.databaseUrl ?? embedded!.url;
    const { applied } = await migrate(databaseUrl);
    if (applied > 0) terminal.note({ ru: `Миграций применено: ${applied}.`, en: `Migrations applied: ${applied}.` });
    if (stop.signal.aborted) return 0;
    const serving = await serve({ env, databaseUrl, host: process.env.HOST || "127.0.0.1", dev: values.dev });
    stop.signal.addEventListener("abort", serving.stop);
    serving.ready.then(
      () => terminal.note({ ru: `Остап открыт: ${serving.url}`, en: `Ostap is open: ${serving.url}` }),
      (error: Error) => stop.signal.aborted || terminal.note(error.message),
    );
    return await serving.ended;
  } finally {
    await embedded?.leave();
  }
}

const terminal = openTerminal(process.env.LANG?.toLowerCase().startsWith("en") ? "en" : "ru");
try {
  process.exitCode = await main(terminal);
} catch (error) {
  if (error instanceof AppError) terminal.note(error.words);
  else terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
