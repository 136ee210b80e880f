import { parseArgs } from "node:util";
import { openModel } from "./rank.ts";
import { type ExamFigures, examPaper, holdExam } from "./testing/exam.ts";
import { type MarketVariant, marketVariants } from "./testing/market-rules.ts";
import { makeMarket } from "./testing/synthetic-market.ts";
import { MarketTimeline } from "./timeline.ts";
import type { TrainingParameters } from "./training/parameters.ts";
import { train } from "./training/train.ts";

// Run: node ml/exam.bench.ts [--variants usual,empty] [--seeds 11,12] [--leads 48000] [--live] [--retrain] [--with '{"dealRounds":300}']
// Trains on made markets of which the truth is known, and says what the model is worth on each; how its threshold keeps its
// promise after 40 leads were reviewed, on the others; and what marks teach. `--live`: trained before the first of the leads
// it is asked about, as in real work. `--retrain`: trains once more with the marks, asked about the leads without any.
const { values } = parseArgs({
  options: {
    variants: { type: "string", default: Object.keys(marketVariants).join(",") },
    seeds: { type: "string", default: "11" },
    leads: { type: "string", default: "48000" },
    premises: { type: "string", default: "600" },
    managers: { type: "string", default: "30" },
    live: { type: "boolean", default: false },
    retrain: { type: "boolean", default: false },
    with: { type: "string", default: "{}" },
  },
});
const parameters: Partial<TrainingParameters> = JSON.parse(values.with);
const names = [
  "auc",
  "keptAtRecall95",
  "keptAt8Of10",
  "kept",
  "recall",
  "lossless",
  "uplift",
  "predictedOverTrue",
] as const;

console.log(["market".padEnd(16), ...names.map((name) => name.padStart(9).slice(0, 9))].join(" "));
for (const variant of values.variants.split(",") as MarketVariant[])
  for (const seed of values.seeds.split(",").map(Number)) {
    const { leads, premises, managers } = values;
    const market = makeMarket({ seed, variant, leads: +leads, premises: +premises, managers: +managers });
    const history = market.history();
    const paper = examPaper(market);
    const asOfDay = values.live ? paper.cases[0]!.day - 1 : history.snapshotDay;
    const began = performance.now();
    const { artifact, report } = await train(history, { asOfDay, seed: 1, parameters });
    const seconds = (performance.now() - began) / 1000;
    const model = await openModel(artifact);
    const exam = await holdExam(paper, new MarketTimeline(history), model);
    const { first, reviews, marks, before, after, worstLoss } = exam;
    await model.close();
    print(`${variant} ${seed}`, first);
    if (reviews) {
      print("  the unreviewed", reviews.before);
      print(`  ${reviews.reviewed} reviewed`, reviews.after);
    }
    print(`  ${marks} marks:`, before);
    print("  after", after);
    if (values.retrain) {
      const taught = { ...history, judgements: [...history.judgements, ...exam.judgements] };
      const again = await train(taught, { asOfDay: history.snapshotDay, seed: 1, parameters });
      const retrained = await openModel(again.artifact);
      const timeline = new MarketTimeline(taught);
      print("  retrained", await exam.examineHeldOut(retrained, timeline, { withTaste: false }));
      print("  with marks", await exam.examineHeldOut(retrained, timeline, { withTaste: true }));
      await retrained.close();
    }
    console.log(
      `  most lost by a manager ${(100 * worstLoss).toFixed(2)} points, trained in ${seconds.toFixed(0)} s, ` +
        `ECE ${report.deal.ece.value?.toFixed(4)}, rising ${first.risingCurves}, without reason ${first.removedWithoutReason}`,
    );
  }

function print(name: string, figures: ExamFigures): void {
  console.log([name.padEnd(16), ...names.map((each) => figures[each].toFixed(3).padStart(9))].join(" "));
}
