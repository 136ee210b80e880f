import { restoreBackup } from "../../backup/restore-backup.ts";
import { openRuntime } from "../../runtime.ts";
import { type Command, readArgs } from "../command.ts";

export const command: Command = {
  usage: "restore FOLDER",
  does: {
    ru: "Читает резервную копию в пустую базу и проверяет цепочку журнала действий.",
    en: "Reads a backup into an empty database and checks the chain of its audit log.",
  },
  async run(args, terminal) {
    const { positionals } = readArgs(args, {}, { ru: "Назовите папку копии.", en: "Name the backup's folder." });
    // Not `withCtx`: the tables that a backup is read into are those of the build that wrote it.
    const runtime = await openRuntime("restore");
    try {
      const ctx = runtime.ctx({ kind: "system", name: "cli" });
      const { rows, manifest, chain } = await restoreBackup(ctx, runtime.databaseUrl, { from: positionals[0]! });
      const at = manifest.takenAt.toISOString();
      terminal.note({
        ru: `Прочитано строк: ${rows}, копия от ${at}.`,
        en: `${rows} rows read, of a backup of ${at}.`,
      });
      if (chain.intact) return 0;
      terminal.note({
        ru: "Журнал действий в копии нарушен: npm run ostap -- audit check",
        en: "The audit log in the backup was tampered with: npm run ostap -- audit check",
      });
      return 1;
    } finally {
      await runtime.close();
    }
  },
};
