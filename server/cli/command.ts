import { type ParseArgsConfig, parseArgs } from "node:util";
import type { z } from "zod";
import { migrate } from "#/db/migrate.ts";
import type { Ctx } from "../context.ts";
import { openRuntime } from "../runtime.ts";
import type { Words } from "../wording.ts";
import type { Terminal } from "./terminal.ts";

/** One word, or two, of the command line. Thin: it reads its arguments, calls a verb and prints what came of it. */
export interface Command {
  /** As typed after `npm run ostap --`. */
  usage: string;
  does: Words;
  /** Resolves to what the process exits with: 0 done, 1 failed. */
  run(args: string[], terminal: Terminal): Promise<number>;
}

/** The command was typed wrongly: exit code 2, with the usage. */
export class WrongUsage extends Error {
  override name = "WrongUsage";
  readonly words: Words;
  constructor(words: Words) {
    super(words.en);
    this.words = words;
  }
}

/** `parseArgs` of Node, whose complaints become `WrongUsage`. */
export function readArgs<const T extends ParseArgsConfig["options"]>(args: string[], options: T, positionals?: Words) {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: NonNullable<T>; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args, options: (options ?? {}) as NonNullable<T>, allowPositionals: true, strict: true });
  } catch (error) {
    const said = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new WrongUsage({ ru: `Так команда не читается: ${said}.`, en: `The command cannot be read: ${said}.` });
  }
  if (positionals && parsed.positionals.length === 0) throw new WrongUsage(positionals);
  if (!positionals && parsed.positionals.length > 0) {
    const what = parsed.positionals.join(" ");
    throw new WrongUsage({ ru: `Лишнее: ${what}.`, en: `Not expected: ${what}.` });
  }
  return parsed;
}

/** Checks what was typed against the verb's own schema; what does not fit is wrong usage, named by its option. */
export function readInput<Schema extends z.ZodType>(schema: Schema, typed: unknown): z.output<Schema> {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".") || "?"}: ${issue.message}`).join("; ");
  throw new WrongUsage({ ru: `Не годится: ${wrong}.`, en: `Does not fit: ${wrong}.` });
}

/** Runs a verb with the rights of whoever may use this machine's command line, on a database brought up to date. */
export async function withCtx<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const runtime = await openRuntime("cli");
  try {
    await migrate(runtime.databaseUrl);
    return await work(runtime.ctx({ kind: "system", name: "cli" }));
  } finally {
    await runtime.close();
  }
}
