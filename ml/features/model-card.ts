import { anyVocabulary, catalog, featureSetId } from "./catalog.ts";
import { triedFeatures } from "./tried.ts";
import { type TriedFigures, triedFigures } from "./tried-figures.ts";

/** The features of this build as a Markdown page, from their definitions: it cannot drift from what is computed. */
export function modelCard(): string {
  const features = catalog(anyVocabulary);
  const rows = features.map(
    ({ name, unit, group, missing, monotone }) =>
      `| ${code(name)} | ${cell(unit)} | ${group} | ${cell(missing)} | ${monotone === -1 ? "never raises the chance" : ""} |`,
  );
  return [
    "# Model card",
    "",
    "Generated from `ml/features/catalog.ts`; do not edit: `npm run test:unit -- ml/features -u` writes it anew.",
    "",
    `Feature set \`${featureSetId}\`, ${features.length} definitions. A name that ends in \`*\` is one column for each class that the training learnt (trades, districts, active managers); a class it never saw has none.`,
    "",
    "Two heads of boosted trees share these columns: *suitability* (offered, rented or judged to suit, against what was free that day) decides keep or remove; *deal* (rented, against what was free that day) ranks the kept and gives the probability. Every missing value is NaN; nothing is dated later than the day that is asked about.",
    "",
    "| Feature | Unit | Reason | Missing when | Bound |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    "## Tried",
    "",
    "Points (hundredths) of AUC within a lead that a feature, or all of a group, adds to the suitability head on the validation stretch, with 95 % intervals over leads; by `node ml/features/tried.bench.ts`. The trees share most of what they know: one group left out, others say much of it.",
    "",
    "| What | Kept | On a made market | On exports of another | Note |",
    "|---|---|---|---|---|",
    ...triedFigures.map(triedRow),
    "",
  ].join("\n");
}

function triedRow({ name, kept, made, exported, note }: TriedFigures): string {
  const unit = triedFeatures.find((feature) => feature.name === name)?.unit;
  const what = unit === undefined ? name : `${code(name)}: ${unit}`;
  return `| ${cell(what)} | ${kept ? "yes" : "no"} | ${points(made)} | ${exported ? points(exported) : ""} | ${cell(note)} |`;
}

function points({ points, low, high }: TriedFigures["made"]): string {
  return `${points.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
