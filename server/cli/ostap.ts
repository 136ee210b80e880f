import { setFlagsFromString } from "node:v8";
import { readEnv } from "../env.ts";
import { AppError } from "../errors.ts";
import { type Command, WrongUsage } from "./command.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

// Before the commands are loaded: V8 lets the garbage of loading modules grow to 400 MB, and an import promises to stay below 350.
setFlagsFromString("--max-semi-space-size=8");
setFlagsFromString("--semi-space-growth-factor=1");

/** Loaded when asked for: `--help` need not wait for a database driver. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  import: () => import("./commands/import.ts"),
  train: () => import("./commands/train.ts"),
  "dataset export": () => import("./commands/dataset-export.ts"),
  "models import": () => import("./commands/models-import.ts"),
  models: () => import("./commands/models.ts"),
  "models report": () => import("./commands/models-report.ts"),
  promote: () => import("./commands/promote.ts"),
  rollback: () => import("./commands/rollback.ts"),
  match: () => import("./commands/match.ts"),
  "user create": () => import("./commands/user-create.ts"),
  "api-key create": () => import("./commands/api-key-create.ts"),
  "audit check": () => import("./commands/audit-check.ts"),
  backup: () => import("./commands/backup.ts"),
  restore: () => import("./commands/restore.ts"),
  doctor: () => import("./commands/doctor.ts"),
};

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
async function main(argv: string[]): Promise<number> {
  const terminal = openTerminal(process.env.LANG?.toLowerCase().startsWith("en") ? "en" : "ru");
  const [first = "", second = ""] = argv;
  if (["", "help", "--help", "-h"].includes(first)) {
    await printHelp(terminal);
    return first === "" ? 2 : 0;
  }
  const twoWords = `${first} ${second}`;
  const name = twoWords in commands ? twoWords : first;
  const load = commands[name];
  if (!load) {
    terminal.note({ ru: `Нет команды «${first}».`, en: `There is no command "${first}".` });
    await printHelp(terminal);
    return 2;
  }
  const { command } = await load();
  const args = argv.slice(name.split(" ").length);
  if (args.includes("--help")) {
    terminal.print(`ostap ${command.usage}\n${command.does[terminal.locale]}`);
    return 0;
  }
  try {
    readEnv();
    return await command.run(args, terminal);
  } catch (error) {
    return explain(error, command, terminal);
  }
}

function explain(error: unknown, command: Command, terminal: Terminal): number {
  if (error instanceof WrongUsage) {
    terminal.note(error.words);
    terminal.note(`ostap ${command.usage}`);
    return 2;
  }
  if (error instanceof AppError) terminal.note(error.words);
  else terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

async function printHelp(terminal: Terminal): Promise<void> {
  terminal.note({ ru: "npm run ostap -- <команда>", en: "npm run ostap -- <command>" });
  for (const load of Object.values(commands)) {
    const { command } = await load();
    terminal.note(`  ${command.usage}\n      ${command.does[terminal.locale]}`);
  }
}

process.exitCode = await main(process.argv.slice(2));
