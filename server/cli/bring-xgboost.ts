import { spawnSync } from "node:child_process";
import path from "node:path";
import { XgboostMissing } from "#/ml/xgboost/library.ts";
import { AppError } from "../errors.ts";
import { installPackages, mayInstallPackages } from "./apt.ts";
import type { Terminal } from "./terminal.ts";

/** Makes sure that models can be trained: installs the library where it may, else says exactly what to install. */
export async function bringXgboost(terminal: Terminal, library: string | undefined): Promise<void> {
  const missing = findXgboost(library);
  if (missing === null) return;
  if (library === undefined && mayInstallPackages()) {
    terminal.progress({ ru: "Ставлю libxgboost0…", en: "Installing libxgboost0…" });
    await installPackages(["libxgboost0"]);
    if (findXgboost(library) === null) return;
  }
  const command =
    process.platform === "darwin" ? "brew install xgboost" : "sudo apt-get update && sudo apt-get install libxgboost0";
  throw new AppError(
    "unavailable",
    {
      ru: `Нужна библиотека XGBoost. Поставьте её: ${command}\nили назовите файл: XGBOOST_LIBRARY=/путь/libxgboost.so`,
      en: `The XGBoost library is needed. Install it: ${command}\nor name the file: XGBOOST_LIBRARY=/path/libxgboost.so`,
    },
    { cause: new XgboostMissing(missing) },
  );
}

/** null: it loads. Looked at in another process: a library that was not there when ours began is not found by it later. */
function findXgboost(library: string | undefined): string | null {
  const program = `const { loadXgboost } = await import(process.argv[1]); loadXgboost(process.argv[2] || undefined);`;
  const module = path.resolve(import.meta.dirname, "../../ml/xgboost/library.ts");
  const args = ["--input-type=module", "-e", program, module, library ?? ""];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return status === 0 ? null : stderr;
}
