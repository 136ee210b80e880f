import type { Estimate } from "../bootstrap.ts";
import type { EvaluationReport } from "../report.ts";
import { html, type Markup } from "./markup.ts";
import type { Numbers } from "./numbers.ts";
import type { PageWords } from "./words.ts";

/** A dot with its interval on a line from `from` to `to`; as wide as its place. */
export function whisker({ value, low, high }: Estimate, from: number, to: number, tone: "own" | "other"): Markup {
  if (value === null) return html``;
  const at = (x: number) => `${(100 * Math.min(1, Math.max(0, (x - from) / (to - from)))).toFixed(2)}%`;
  return html`<svg class="whisker ${tone}" width="100%" height="16" aria-hidden="true">
<line class="rail" x1="0" x2="100%" y1="8" y2="8"/>
${low !== null && high !== null && html`<line class="span" x1="${at(low)}" x2="${at(high)}" y1="8" y2="8"/>`}
<circle cx="${at(value)}" cy="8" r="4.5"/></svg>`;
}

const [WIDTH, HEIGHT] = [420, 300];
const frame = { left: 60, right: 22, top: 12, bottom: 44 };

class Plane {
  private readonly xMax: number;
  private readonly yMax: number;
  constructor(xMax: number, yMax: number) {
    this.xMax = xMax;
    this.yMax = yMax;
  }

  x(value: number): string {
    return (frame.left + (WIDTH - frame.left - frame.right) * Math.min(1, value / this.xMax)).toFixed(1);
  }

  y(value: number): string {
    const height = HEIGHT - frame.top - frame.bottom;
    return (frame.top + height * (1 - Math.min(1, value / this.yMax))).toFixed(1);
  }

  path(points: readonly { x: number; y: number }[]): string {
    return points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${this.x(x)} ${this.y(y)}`).join("");
  }

  axes(numbers: Numbers, step: { x: number; y: number }, names: { x: string; y: string }, digits = 0): Markup {
    const ticks = (max: number, each: number) =>
      Array.from({ length: Math.floor(max / each + 1e-9) + 1 }, (_, i) => i * each);
    const bottom = HEIGHT - frame.bottom;
    return html`<g class="grid">${ticks(this.yMax, step.y).map(
      (y) => html`<line x1="${frame.left}" x2="${WIDTH - frame.right}" y1="${this.y(y)}" y2="${this.y(y)}"/>`,
    )}</g><g class="ticks">${ticks(this.yMax, step.y).map(
      (y) =>
        html`<text x="${frame.left - 6}" y="${Number(this.y(y)) + 4}" text-anchor="end">${numbers.percent(y, digits)}</text>`,
    )}${ticks(this.xMax, step.x).map(
      (x) => html`<text x="${this.x(x)}" y="${bottom + 16}" text-anchor="middle">${numbers.percent(x, digits)}</text>`,
    )}</g><text class="axis" x="${(frame.left + WIDTH - frame.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${names.x}</text>
<text class="axis" x="${-(frame.top + bottom) / 2}" y="12" text-anchor="middle" transform="rotate(-90)">${names.y}</text>`;
  }
}

/** What is lost by what is kept: the whole way from strict to lax, with the model's own threshold on it. */
export function keptChart(report: EvaluationReport, numbers: Numbers, words: PageWords): Markup {
  const [own] = report.rankers;
  const rules = report.rankers.find(({ name }) => name === "hand_rules");
  if (!own) return html``;
  const plane = new Plane(1, 1);
  const line = (of: "recall" | "lossless", curve: typeof own.curve) =>
    plane.path([{ x: 0, y: 0 }, ...curve.map((point) => ({ x: point.kept, y: point[of] }))]);
  const { kept, lossless, recall } = own.ownThreshold;
  const at = kept.value ?? 0;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words.kept.label}">
${plane.axes(numbers, { x: 0.2, y: 0.2 }, { x: words.kept.x, y: words.kept.y })}
${rules ? html`<path class="rules" d="${line("lossless", rules.curve)}"/>` : null}
<path class="recall" d="${line("recall", own.curve)}"/><path class="lossless" d="${line("lossless", own.curve)}"/>
<line class="cut" x1="${plane.x(at)}" x2="${plane.x(at)}" y1="${plane.y(0)}" y2="${plane.y(1)}"/>
${recall.value !== null && html`<circle class="recall" cx="${plane.x(at)}" cy="${plane.y(recall.value)}" r="4.5"/>`}
${lossless.value !== null && html`<circle class="lossless" cx="${plane.x(at)}" cy="${plane.y(lossless.value)}" r="4.5"/>`}
</svg><ul class="key"><li class="recall">${words.kept.recall}</li><li class="lossless">${words.kept.lossless}</li>
${rules ? html`<li class="rules">${words.kept.rules}</li>` : null}<li class="cut">${words.kept.cut}</li></ul>`;
}

/** What was said against what came; on the diagonal said and came are one. */
export function reliabilityChart({ deal }: EvaluationReport, numbers: Numbers, words: PageWords): Markup {
  if (deal.curve.length === 0) return html``;
  const highest = Math.max(0.02, ...deal.curve.flatMap(({ predicted, observed }) => [predicted, observed.high ?? 0]));
  const step = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find((each) => highest / each <= 5) ?? 0.25;
  const max = Math.min(1, Math.ceil(highest / step) * step);
  const plane = new Plane(max, max);
  const most = Math.max(...deal.curve.map(({ n }) => n));
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words.deal.label}">
${plane.axes(numbers, { x: step, y: step }, { x: words.deal.x, y: words.deal.y }, step < 0.01 ? 1 : 0)}
<line class="diagonal" x1="${plane.x(0)}" y1="${plane.y(0)}" x2="${plane.x(max)}" y2="${plane.y(max)}"/>
${deal.curve.map(({ n, predicted, observed: { value, low, high } }) =>
  value === null
    ? html``
    : html`<g class="point"><title>${words.deal.point(numbers.whole(n), numbers.percent(predicted, 1), numbers.percent(value, 1))}</title>
${low !== null && high !== null && html`<line x1="${plane.x(predicted)}" x2="${plane.x(predicted)}" y1="${plane.y(low)}" y2="${plane.y(high)}"/>`}
<circle cx="${plane.x(predicted)}" cy="${plane.y(value)}" r="${(2.5 + 3.5 * Math.sqrt(n / most)).toFixed(1)}"/></g>`,
)}</svg>`;
}
