import { matchLead, matchLeadInput } from "../../matching/match-lead.ts";
import { viewMatch } from "../../rest/views.ts";
import { type Command, readArgs, readInput, withCtx } from "../command.ts";

export const command: Command = {
  usage: "match --lead ID [--manager ID] [--as-of YYYY-MM-DD] [--json]",
  does: {
    ru: "Делит свободные помещения для лида на оставленные и убранные, с причинами.",
    en: "Parts the free premises for a lead into kept and removed, with reasons.",
  },
  async run(args, terminal) {
    const { values } = readArgs(args, {
      lead: { type: "string" },
      manager: { type: "string" },
      "as-of": { type: "string" },
      json: { type: "boolean", default: false },
    });
    const input = readInput(matchLeadInput, {
      leadId: values.lead,
      managerId: values.manager,
      asOf: values["as-of"],
    });
    const { locale } = terminal;
    const answer = await withCtx(async (ctx) => viewMatch(await matchLead(ctx, input), locale));
    if (values.json) {
      terminal.print(JSON.stringify(answer, null, 2));
      return 0;
    }
    const kept = answer.items.filter((item) => item.decision === "keep").length;
    const by = answer.modelId;
    terminal.note({
      ru: `На ${answer.asOf} свободно ${answer.items.length}, оставлено ${kept}; ${by === null ? "правила, модели нет" : `модель ${by}`}.`,
      en: `On ${answer.asOf} ${answer.items.length} are free, ${kept} are kept; ${by === null ? "hand rules, there is no model" : `model ${by}`}.`,
    });
    for (const { rank, premisesId, suitability, probability, reasons } of answer.items) {
      const figures = [suitability.toFixed(3), `${(100 * probability).toFixed(1)} %`];
      terminal.print([rank ?? "-", premisesId, ...figures, reasons[0]?.text ?? ""].join("\t"));
    }
    return 0;
  },
};
