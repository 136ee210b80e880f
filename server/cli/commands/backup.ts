import { noteBackupInput, noteForeignBackup, takeBackup, takeBackupInput } from "../../backup/take-backup.ts";
import { type Command, readArgs, readInput, withCtx } from "../command.ts";

export const command: Command = {
  usage: "backup [--out FOLDER] | backup --taken-elsewhere PLACE",
  does: {
    ru: "Пишет резервную копию базы и моделей; с --taken-elsewhere только отмечает копию, сделанную другим способом.",
    en: "Writes a backup of database and models; with --taken-elsewhere only notes one that was taken by other means.",
  },
  async run(args, terminal) {
    const { values } = readArgs(args, { out: { type: "string" }, "taken-elsewhere": { type: "string" } });
    const place = values["taken-elsewhere"];
    if (place !== undefined) {
      const input = readInput(noteBackupInput, { place });
      await withCtx((ctx) => noteForeignBackup(ctx, input));
      terminal.note({ ru: "Копия отмечена.", en: "The backup is noted." });
      return 0;
    }
    const input = readInput(takeBackupInput, values.out === undefined ? {} : { out: values.out });
    const { folder, bytes, rows } = await withCtx((ctx) => takeBackup(ctx, input));
    const megabytes = (bytes / 2 ** 20).toFixed(1);
    terminal.note({ ru: `Строк: ${rows}, ${megabytes} МБ.`, en: `${rows} rows, ${megabytes} MB.` });
    terminal.print(folder);
    return 0;
  },
};
