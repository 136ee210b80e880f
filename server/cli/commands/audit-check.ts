import { type BreachKind, checkChain } from "../../audit-log/check-chain.ts";
import type { Words } from "../../wording.ts";
import { type Command, readArgs, withCtx } from "../command.ts";

const broken: Record<BreachKind, (place: number | null, auditId: number | null) => Words> = {
  changed: (place, id) => ({
    ru: `На месте ${place} (запись ${id}) журнал изменён.`,
    en: `At place ${place} (row ${id}) the log was changed.`,
  }),
  missing: (place, id) => ({
    ru: `Перед местом ${place} (запись ${id}) записи пропали.`,
    en: `Before place ${place} (row ${id}) rows are missing.`,
  }),
  unlinked: (_, id) => ({
    ru: `Запись ${id} попала в журнал в обход цепочки.`,
    en: `Row ${id} came into the log beside the chain.`,
  }),
  rewritten: (place) => ({
    ru: `Место ${place}, где цепочка кончалась при прошлой проверке, пропало или переписано.`,
    en: `Place ${place}, the chain's end at an earlier check, is gone or rewritten.`,
  }),
};

export const command: Command = {
  usage: "audit check",
  does: {
    ru: "Проходит цепочку журнала действий и говорит, где она нарушена; печатает её конец.",
    en: "Walks the chain of the audit log and says where it is broken; prints its end.",
  },
  async run(args, terminal) {
    readArgs(args, {});
    const { rows, breach, head } = await withCtx(checkChain);
    if (head) terminal.print(`${head.place} ${head.hash}`);
    if (breach) {
      terminal.note(broken[breach.kind](breach.place, breach.auditId));
      return 1;
    }
    terminal.note({ ru: `Журнал цел, записей: ${rows}.`, en: `The log is whole, rows: ${rows}.` });
    return 0;
  },
};
