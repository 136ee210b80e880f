import { writeFile } from "node:fs/promises";
import path from "node:path";
import { reportPage } from "#/ml/evaluation/report-page.ts";
import { type ModelReport, readModelReport, readModelReportInput } from "../../models/read-model-report.ts";
import { type Command, readArgs, readInput, WrongUsage, withCtx } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  usage: "models report <id|latest> [--html FILE | --json]",
  does: {
    ru: "Говорит, чего стоит модель: страницей, в JSON или коротко.",
    en: "Tells what a model is worth: as a page, as JSON, or in short.",
  },
  async run(args, terminal) {
    const { values, positionals } = readArgs(
      args,
      { html: { type: "string" }, json: { type: "boolean", default: false } },
      { ru: "Назовите модель: номер или latest.", en: "Name the model: its id or latest." },
    );
    const [which, ...more] = positionals;
    if (more.length > 0) throw new WrongUsage({ ru: "Модель нужна одна.", en: "Name one model only." });
    if (values.json && values.html !== undefined)
      throw new WrongUsage({ ru: "Одно из двух: --html или --json.", en: "One of the two: --html or --json." });
    const input = readInput(readModelReportInput, { modelId: which === "latest" ? "latest" : Number(which) });
    const told = await withCtx((ctx) => readModelReport(ctx, input));
    if (values.json) terminal.print(JSON.stringify(told.report, null, 2));
    else if (values.html === undefined) tellInShort(told, terminal);
    else {
      const { locale } = terminal;
      const name = { ru: `Модель ${told.modelId}`, en: `Model ${told.modelId}` }[locale];
      const file = path.resolve(values.html);
      await writeFile(file, reportPage(told.report, { locale, name, verdict: told.verdict }));
      terminal.print(file);
    }
    return 0;
  },
};

/** A line a ranker on stdout, what the gate says on stderr. */
function tellInShort({ modelId, report, verdict }: ModelReport, terminal: Terminal): void {
  const figure = (value: number | null) => value?.toFixed(3) ?? "-";
  terminal.note({
    ru: `Модель ${modelId}, проверочных лидов ${report.testLeads}. Способ, AUC внутри лида, оставить ради 8 из 10; при своём пороге: оставлено, полнота, лиды без потерь.`,
    en: `Model ${modelId}, ${report.testLeads} tested leads. Way, AUC within a lead, kept for 8 of 10; at own threshold: kept, recall, leads without loss.`,
  });
  for (const { name, aucWithinLead, keptAt8Of10, ownThreshold } of report.rankers) {
    const { kept, recall, lossless } = ownThreshold;
    const figures = [aucWithinLead, keptAt8Of10, kept, recall, lossless].map(({ value }) => figure(value));
    terminal.print([name, ...figures].join("\t"));
  }
  if (verdict.ok) terminal.note({ ru: "Проверка пройдена.", en: "The gate is passed." });
  for (const reason of verdict.reasons) terminal.note(reason);
}
