import { anyVocabulary, catalog, featureSetId } from "./catalog.ts";

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
  ].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
