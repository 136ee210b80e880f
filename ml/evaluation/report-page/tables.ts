import type { Estimate } from "../bootstrap.ts";
import type { EvaluationReport } from "../report.ts";
import type { SegmentKind } from "../segments.ts";
import { whisker } from "./charts.ts";
import { html, type Markup } from "./markup.ts";
import type { Numbers } from "./numbers.ts";
import type { PageWords } from "./words.ts";

/** Least AUC on the picture: what is worse than chance by more is drawn at the edge. */
const AUC_FROM = 0.4;

export function comparison(report: EvaluationReport, numbers: Numbers, words: PageWords): Markup {
  const { compare, rankers: names } = words;
  const betterThan = new Map(report.differences.map((one) => [one.name, one]));
  const row = ({ name, leads, aucWithinLead: auc, keptAt8Of10: kept }: EvaluationReport["rankers"][number]) => {
    const tone = name === "candidate" ? "own" : "other";
    const better = betterThan.get(name)?.aucWithinLead;
    return html`<tr${tone === "own" && html` class="own"`}><th scope="row">${names[name].name}<small>${names[name].says}</small>
${leads < report.testLeads && html`<small>${compare.fewer(numbers.whole(leads))}</small>`}</th>
<td data-label="${compare.auc}"><span>${whisker(auc, AUC_FROM, 1, tone)}${numbers.decimal(auc.value)}</span>
${better && better.value !== null && better.low !== null ? html`<small>${compare.better(numbers.decimal(better.value), numbers.decimals(better))}</small>` : null}</td>
<td data-label="${compare.kept8}"><span>${whisker(kept, 0, 1, tone)}${numbers.percent(kept.value)}</span><small>${numbers.percents(kept)}</small></td></tr>`;
  };
  const { active } = report;
  const note = active === null ? compare.active.none : active.leftOut === null ? null : compare.active[active.leftOut];
  return html`<table class="compare stacked"><caption>${compare.legend}</caption><thead><tr><th scope="col">${compare.columns.ranker}</th>
<th scope="col">${compare.auc}</th><th scope="col">${compare.kept8}</th></tr></thead>
<tbody>${report.rankers.map(row)}</tbody></table>
${note && html`<p class="soft" style="margin-top:.75rem">${note}</p>`}
<details><summary>${compare.all}</summary>${figures(report, numbers, words)}</details>`;
}

function figures(
  report: EvaluationReport,
  numbers: Numbers,
  { compare: { columns }, rankers: names }: PageWords,
): Markup {
  const share = (label: string, value: Estimate) =>
    html`<td data-label="${label}">${numbers.percent(value.value)}<small>${numbers.percents(value)}</small></td>`;
  return html`<table class="stacked"><thead><tr><th scope="col">${columns.ranker}</th>
${[columns.kept80, columns.kept95, columns.ndcg, columns.ownKept, columns.ownRecall, columns.ownLossless].map(
  (name) => html`<th scope="col">${name}</th>`,
)}</tr></thead><tbody>${report.rankers.map(
    ({ name, keptAtRecall80, keptAtRecall95, ndcg5, ownThreshold }) =>
      html`<tr${name === "candidate" && html` class="own"`}><th scope="row">${names[name].name}</th>
${share(columns.kept80, keptAtRecall80)}${share(columns.kept95, keptAtRecall95)}
<td data-label="${columns.ndcg}">${numbers.decimal(ndcg5.value, 2)}<small>${numbers.decimals(ndcg5, 2)}</small></td>
${share(columns.ownKept, ownThreshold.kept)}${share(columns.ownRecall, ownThreshold.recall)}
${share(columns.ownLossless, ownThreshold.lossless)}</tr>`,
  )}</tbody></table>`;
}

/** What the design documents tell of the first team's best model. */
const original = { auc: 0.86, f1: 0.44, precision: 0.44, recall: 0.44 };

export function recordedDeals(report: EvaluationReport, numbers: Numbers, words: PageWords): Markup {
  const { columns, split, deals, folds } = words.recorded;
  const cell = (label: string, value: Estimate) =>
    html`<td data-label="${label}">${numbers.decimal(value.value, 2)}<small>${numbers.decimals(value, 2)}</small></td>`;
  const bare = (label: string, value: number) => html`<td data-label="${label}">${numbers.decimal(value, 2)}</td>`;
  return html`<table class="stacked"><thead><tr>${[
    columns.who,
    columns.auc,
    columns.f1,
    columns.precision,
    columns.recall,
    columns.deals,
  ].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${report.recordedDeals.map(
    (one) =>
      html`<tr${one.ranker === "candidate" && html` class="own"`}><th scope="row">${words.rankers[one.ranker].name}<small>${split[one.split]}</small>
${one.foldsAuc !== null && html`<small>${folds(numbers.decimal(one.foldsAuc, 2))}</small>`}</th>
${cell(columns.auc, one.auc)}${cell(columns.f1, one.f1)}
${cell(columns.precision, one.precision)}${cell(columns.recall, one.recall)}
<td data-label="${columns.deals}">${deals(numbers.whole(one.deals), numbers.whole(one.offers))}</td></tr>`,
  )}<tr><th scope="row">${words.recorded.original}<small>${words.recorded.originalSays}</small></th>
${bare(columns.auc, original.auc)}${bare(columns.f1, original.f1)}${bare(columns.precision, original.precision)}
${bare(columns.recall, original.recall)}<td data-label="${columns.deals}">—</td></tr></tbody></table>`;
}

const kinds: readonly SegmentKind[] = ["fill", "bank", "trade", "manager", "year"];

export function segments(report: EvaluationReport, numbers: Numbers, words: PageWords): Markup {
  const { columns, kind: kindNames, small } = words.segments;
  const cell = (label: string, value: Estimate) =>
    html`<td data-label="${label}">${numbers.percent(value.value)}<small>${numbers.percents(value)}</small></td>`;
  return html`${kinds.map((kind) => {
    const rows = report.segments.filter((one) => one.kind === kind);
    if (rows.length === 0) return html``;
    return html`<h3>${kindNames[kind]}</h3><table class="stacked"><thead><tr>${[
      columns.name,
      columns.leads,
      columns.lossless,
      columns.kept,
      columns.recall,
      columns.auc,
    ].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows.map(
      (one) =>
        html`<tr${one.small && html` class="small"`}><th scope="row">${segmentName(one, words)}${one.small && html`<span class="tag">${small}</span>`}</th>
<td data-label="${columns.leads}">${numbers.whole(one.leads)}</td>${cell(columns.lossless, one.lossless)}
${cell(columns.kept, one.kept)}${cell(columns.recall, one.recall)}
<td data-label="${columns.auc}">${numbers.decimal(one.aucWithinLead.value)}<small>${numbers.decimals(one.aucWithinLead)}</small></td></tr>`,
    )}</tbody></table>`;
  })}`;
}

function segmentName({ kind, name }: EvaluationReport["segments"][number], { segments, unknown }: PageWords): string {
  if (kind === "manager") return name === null ? segments.noManager : segments.manager(name);
  if (name === null) return unknown;
  if (kind === "bank") return segments.banks[name] ?? name;
  return kind === "fill" ? segments.fill(name.replace("-", "–")) : name;
}

/** Nothing where no search was made. */
export function searchLog({ searchLog: log }: EvaluationReport, numbers: Numbers, { search }: PageWords): Markup {
  if (!log || log.length === 0) return html``;
  const parameters = [...new Set(log.flatMap((row) => Object.keys(row.parameters)))];
  const metrics = [...new Set(log.flatMap((row) => Object.keys(row.metrics)))];
  const written = (value: string | number | boolean | undefined) =>
    typeof value === "number"
      ? new Intl.NumberFormat(numbers.locale, { maximumFractionDigits: 4 }).format(value)
      : String(value ?? "—");
  const rows = (some: typeof log) => html`<div class="scroll"><table><thead><tr><th scope="col">№</th>
${[...parameters, ...metrics].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${some.map(
    (row) =>
      html`<tr${row.chosen && html` class="own"`}><th scope="row">${log.indexOf(row) + 1}${row.chosen && html`<span class="tag">${search.chosen}</span>`}</th>
${parameters.map((name) => html`<td>${written(row.parameters[name])}</td>`)}
${metrics.map((name) => html`<td>${numbers.decimal(row.metrics[name] ?? null, 4)}</td>`)}</tr>`,
  )}</tbody></table></div>`;
  const chosen = log.filter((row) => row.chosen);
  return html`<section><h2>${search.heading}</h2><p>${search.sentence(numbers.whole(log.length))}</p>${rows(chosen)}
<details><summary>${search.open}</summary>${rows(log)}</details></section>`;
}

/** Nothing where none was tried. */
export function triedFeatures(
  { triedFeatures: list }: EvaluationReport,
  numbers: Numbers,
  { tried }: PageWords,
): Markup {
  if (!list || list.length === 0) return html``;
  const metrics = [...new Set(list.flatMap((one) => Object.keys(one.gain)))];
  return html`<section><h2>${tried.heading}</h2><p>${tried.sentence}</p><div class="scroll"><table><thead><tr><th scope="col">${tried.name}</th>
${metrics.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">${tried.verdict}</th></tr></thead><tbody>${list.map(
    ({ name, kept, gain, note }) =>
      html`<tr><th scope="row">${name}${note ? html`<small>${note}</small>` : null}</th>
${metrics.map((metric) => html`<td>${numbers.decimal(gain[metric] ?? null, 4)}</td>`)}<td>${kept ? tried.kept : tried.dropped}</td></tr>`,
  )}</tbody></table></div></section>`;
}
