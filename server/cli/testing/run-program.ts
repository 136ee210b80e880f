import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

const checkout = path.resolve(import.meta.dirname, "../../..");

/** Runs one of the project's programs as a person would, to its end, in a process of its own. */
export async function runProgram(
  program: string,
  args: string[],
  env: Record<string, string>,
  stdin = "",
): Promise<Outcome> {
  const child = spawn(process.execPath, [path.join(checkout, program), ...args], {
    env: { ...process.env, LANG: "en_US.UTF-8", LOG_LEVEL: "warn", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const outcome: Outcome = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    outcome.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    outcome.stderr += text;
  });
  child.stdin.end(stdin);
  [outcome.code] = await once(child, "close");
  return outcome;
}
