import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { ImportFileReport } from "#/db/schema/index.ts";
import { importFiles } from "../../imports/import-files.ts";
import type { Words } from "../../wording.ts";
import { type Command, readArgs, WrongUsage, withCtx } from "../command.ts";

export const command: Command = {
  usage: "import <folder or files> [--dry-run]",
  does: {
    ru: "Загружает выгрузки CRM и бухгалтерии; --dry-run только покажет, что изменится.",
    en: "Imports exports of CRM and accounting; --dry-run only shows what would change.",
  },
  async run(args, terminal) {
    const { values, positionals } = readArgs(
      args,
      { "dry-run": { type: "boolean", default: false } },
      { ru: "Назовите папку или файлы.", en: "Name a folder or files." },
    );
    const files = (await Promise.all(positionals.map(filesAt))).flat();
    const stop = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
    const dryRun = values["dry-run"];
    const report = await withCtx((ctx) =>
      importFiles(
        ctx,
        { files, dryRun },
        ({ file, stage, rows, fraction }) => {
          const percent = Math.floor(fraction * 10) * 10;
          terminal.progress(
            stage === "reading"
              ? { ru: `${file}: читаю, ${percent} %`, en: `${file}: reading, ${percent} %` }
              : { ru: `${file}: записываю ${rows} строк`, en: `${file}: writing ${rows} rows` },
          );
        },
        stop.signal,
      ),
    );
    for (const file of report.files) terminal.print(wordFile(file)[terminal.locale]);
    terminal.note(
      dryRun
        ? { ru: "Ничего не записано: это была проба.", en: "Nothing was written: this was a dry run." }
        : { ru: `Загрузка ${report.runId} закончена.`, en: `Import ${report.runId} is done.` },
    );
    return report.files.some((file) => file.refusal !== null) ? 1 : 0;
  },
};

/** A file as it is named; of a folder, what may be a table. */
async function filesAt(place: string): Promise<{ name: string; path: string }[]> {
  const full = path.resolve(place);
  const found = await stat(full).catch(() => null);
  if (!found) throw new WrongUsage({ ru: `Нет такого файла или папки: ${place}.`, en: `There is no ${place}.` });
  if (!found.isDirectory()) return [{ name: path.basename(full), path: full }];
  const inside = (await readdir(full, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && /^[^.].*\.(csv|tsv|txt|xlsx)$/i.test(entry.name))
    .map((entry) => ({ name: entry.name, path: path.join(full, entry.name) }));
  if (inside.length > 0) return inside.sort((a, b) => a.name.localeCompare(b.name));
  throw new WrongUsage({ ru: `В ${place} нет ни CSV, ни XLSX.`, en: `There is neither CSV nor XLSX in ${place}.` });
}

function wordFile(file: ImportFileReport): Words {
  const { file: name, table, rows, inserted, changed, unchanged, refused, unlinked, repaired, refusal } = file;
  if (refusal !== null) return { ru: `${name}\tне взят: ${refusal}`, en: `${name}\tnot taken: ${refusal}` };
  const mended = Object.values(repaired).reduce((sum, n) => sum + n, 0);
  return {
    ru: `${name}\t${table}\tстрок ${rows}, новых ${inserted}, изменено ${changed}, без изменений ${unchanged}, отказано ${refused}, без связи ${unlinked}, исправлено ${mended}`,
    en: `${name}\t${table}\trows ${rows}, new ${inserted}, changed ${changed}, unchanged ${unchanged}, refused ${refused}, unlinked ${unlinked}, repaired ${mended}`,
  };
}
