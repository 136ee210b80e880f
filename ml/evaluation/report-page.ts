import type { GateVerdict } from "./gate.ts";
import type { EvaluationReport } from "./report.ts";
import { keptChart, reliabilityChart } from "./report-page/charts.ts";
import { english } from "./report-page/english.ts";
import { html, type Markup, Markup as Raw } from "./report-page/markup.ts";
import { Numbers } from "./report-page/numbers.ts";
import { russian } from "./report-page/russian.ts";
import { style } from "./report-page/style.ts";
import { comparison, recordedDeals, searchLog, segments, triedFeatures } from "./report-page/tables.ts";
import type { Locale, PageWords } from "./report-page/words.ts";

const wordsOf: Record<Locale, PageWords> = { ru: russian, en: english };

export interface ReportPageOptions {
  locale: Locale;
  /** Which model it is of, such as "Модель 12". */
  name: string;
  /** What the gate says; without it the page gives no verdict. */
  verdict?: GateVerdict;
}

/**
 * The report as one HTML page that needs nothing else: no script, no font, no picture from anywhere. It follows the
 * reader's light or dark scheme, folds to a phone and prints. The same report and options give the same page.
 */
export function reportPage(report: EvaluationReport, { locale, name, verdict }: ReportPageOptions): string {
  const words = wordsOf[locale];
  const numbers = new Numbers(locale);
  const tools = { numbers, words };
  const meta = words.meta({
    asOf: numbers.date(report.asOfDay),
    from: numbers.date(report.testFromDay),
    leads: numbers.whole(report.testLeads),
    trainer: report.trainer,
  });
  return html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${name}: ${words.title}</title><style>${new Raw(style)}</style></head>
<body><main><header><h1>${name}: ${words.title}</h1><p class="meta">${meta}</p></header>
${verdict ? verdictBox(verdict, locale, words) : null}
${tiles(report, tools)}
<section><h2>${words.compare.heading}</h2><p>${comparedSentence(report, tools)}</p>${comparison(report, numbers, words)}</section>
<div class="pair">
<section><h2>${words.kept.heading}</h2><p>${words.kept.sentence}</p>${keptChart(report, numbers, words)}</section>
<section><h2>${words.deal.heading}</h2>${dealFigures(report, tools)}</section>
</div>
${threshold(report, tools)}
<section><h2>${words.recorded.heading}</h2><p>${words.recorded.sentence}</p>${recordedDeals(report, numbers, words)}</section>
<section><h2>${words.segments.heading}</h2><p>${words.segments.sentence}</p>${segments(report, numbers, words)}</section>
${searchLog(report, numbers, words)}${triedFeatures(report, numbers, words)}
${made(report, tools)}
</main></body></html>
`.text;
}

interface Tools {
  numbers: Numbers;
  words: PageWords;
}

function verdictBox({ ok, reasons }: GateVerdict, locale: Locale, { verdict }: PageWords): Markup {
  if (ok) return html`<section class="verdict"><h2>${verdict.passes}</h2><p>${verdict.passesWhy}</p></section>`;
  return html`<section class="verdict refused"><h2>${verdict.refused}</h2>
<ul>${reasons.map((reason) => html`<li>${reason[locale]}</li>`)}</ul></section>`;
}

const removedShare = (kept: number | null) => (kept === null ? null : 1 - kept);

function tiles({ rankers, promise }: EvaluationReport, { numbers, words }: Tools): Markup {
  const [own] = rankers;
  if (!own) return html``;
  const { kept, lossless, recall } = own.ownThreshold;
  const rules = rankers.find(({ name }) => name === "hand_rules");
  const removed = { value: removedShare(kept.value), low: removedShare(kept.high), high: removedShare(kept.low) };
  const { alpha } = promise.tested.basis;
  const of100 = own.aucWithinLead.value === null ? "—" : numbers.whole(Math.round(100 * own.aucWithinLead.value));
  const tile = (name: string, value: string, interval: string, note: string, lead = false) =>
    html`<div${lead && new Raw(' class="lead"')}><dt>${name}</dt><dd>${value}</dd><dd>${interval}${interval && note && html`<br>`}${note}</dd></div>`;
  return html`<dl class="tiles">
${tile(words.tiles.lossless, numbers.percent(lossless.value), numbers.percents(lossless), words.tiles.promised(numbers.percent(1 - alpha)), true)}
${tile(
  words.tiles.removed,
  numbers.percent(removed.value),
  numbers.percents(removed),
  rules ? words.tiles.rulesRemove(numbers.percent(removedShare(rules.keptAt8Of10.value))) : "",
)}
${tile(words.tiles.recall, numbers.percent(recall.value), numbers.percents(recall), "")}
${tile(words.tiles.auc, numbers.decimal(own.aucWithinLead.value), numbers.decimals(own.aucWithinLead), words.tiles.aucMeans(of100))}
</dl><p class="soft" style="margin:.6rem 0 0">${words.interval}</p>`;
}

function comparedSentence({ rankers }: EvaluationReport, { numbers, words }: Tools): string {
  const removed = (name: string) => removedShare(rankers.find((one) => one.name === name)?.keptAt8Of10.value ?? null);
  const [model, rules] = [removed("candidate"), removed("hand_rules")];
  if (model === null || rules === null) return words.compare.sentence(null);
  return words.compare.sentence({ model: numbers.percent(model), rules: numbers.percent(rules) });
}

function dealFigures(report: EvaluationReport, { numbers, words }: Tools): Markup {
  const { deal } = report;
  if (deal.curve.length === 0) return html`<p>${words.deal.none}</p>`;
  const { facts, calibrations } = words.deal;
  const figure = (value: number | null, interval: string) =>
    html`${numbers.decimal(value)}${interval && html` <span class="soft">(${interval})</span>`}`;
  return html`<p>${words.deal.sentence}</p>${reliabilityChart(report, numbers, words)}
<dl class="facts"><dt>${facts.ece}</dt><dd>${figure(deal.ece.value, numbers.decimals(deal.ece))}</dd>
<dt>${facts.logLoss}</dt><dd>${figure(deal.logLoss.value, numbers.decimals(deal.logLoss))}</dd>
<dt>${facts.ratio}</dt><dd>${figure(deal.predictedOverObserved.value, numbers.decimals(deal.predictedOverObserved, 2))}</dd>
<dt>${facts.n}</dt><dd>${numbers.whole(deal.n)}</dd>
<dt>${facts.calibration}</dt><dd>${calibrations[deal.calibration] ?? deal.calibration}</dd></dl>`;
}

function threshold({ rankers, promise, level }: EvaluationReport, { numbers, words }: Tools): Markup {
  const { tested, serving } = promise;
  const precision = rankers[0]?.ownThreshold.precision;
  const both = (figure: "kept" | "chance", digits: number) => ({
    proved: numbers.percent(level?.proved[figure] ?? null, digits),
    serving: numbers.percent(level?.serving[figure] ?? null, digits),
  });
  const sentence = words.threshold.sentence({
    threshold: numbers.decimal(tested.threshold, 4),
    alpha: numbers.percent(tested.basis.alpha),
    n: numbers.whole(tested.basis.n),
    source: words.threshold.source[tested.basis.source],
  });
  return html`<section class="plain"><h2>${words.threshold.heading}</h2><p>${sentence}</p>
<p>${words.threshold.serving(numbers.decimal(serving.threshold, 4), numbers.whole(serving.basis.n))}</p>
${level ? html`<p>${words.threshold.level({ leads: numbers.whole(level.leads), kept: both("kept", 0), chance: both("chance", 1) })}</p>` : null}
${precision && precision.value !== null ? html`<p>${words.threshold.precision(numbers.percent(precision.value, 1), numbers.percents(precision, 1))}</p>` : null}
</section>`;
}

function made(report: EvaluationReport, { numbers, words: { made } }: Tools): Markup {
  const { parity, rows, recording, seconds, seed } = report;
  const difference = parity.maxAbsDiff.toExponential(1);
  const facts: [string, string][] = [
    [made.parity, made.parityIs(parity.ok, numbers.whole(parity.rows), difference)],
    [
      made.rows,
      made.rowsAre({
        rows: numbers.whole(rows.training),
        columns: numbers.whole(rows.columns),
        positives: numbers.whole(rows.positives),
        deals: numbers.whole(rows.deals),
      }),
    ],
    [
      made.recording,
      made.recordingIs(
        numbers.decimal(recording.successWeight ?? null, 1),
        numbers.decimal(recording.failureWeight ?? null, 1),
      ),
    ],
    [
      made.seconds,
      Object.entries(seconds)
        .map(([stage, spent]) => `${stage} ${numbers.decimal(spent, 1)}`)
        .join(" · "),
    ],
    [made.seed, String(seed)],
  ];
  return html`<section><h2>${made.heading}</h2><p>${made.sentence}</p>
<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
}
