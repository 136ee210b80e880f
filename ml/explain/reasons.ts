import type { Reason, ReasonCode, Verdict } from "../ranked.ts";
import { choosePhrase, overallPhrase } from "./choose-phrase.ts";
import type { PairFacts } from "./pair-facts.ts";
import { type Phrase, say } from "./phrase.ts";

/** A column of the matrix: its name, and the reason that a manager would file it under. */
export interface ExplainedFeature {
  name: string;
  group: ReasonCode;
}

/** What a manager's own marks add to a pair's margin, and which taste adds the most either way. */
export interface TastePull {
  pull: number;
  marks: number;
  /** Name of the taste feature that weighs most in the direction of `pull`. */
  taste: string;
}

/** At most so many reasons of the verdict's own sign, and one of the other. */
const reasonsMax = 3;
const counterReasonsMax = 1;
/** A group that pulls less than this part of the strongest is not worth a line. */
const worthShare = 0.25;
/** Pull in logit space below which nothing is said: it moves a probability by less than half a point. */
const worthPull = 0.02;
/** Sets of at least so many rows are told relative to their mean. */
const relativeRowsMin = 20;

/**
 * What all rows of a set share: each column's mean attribution. In a set, what holds for all of its premises alike (the
 * lead's own wishes, the season) explains no difference between them, and is taken off; in a handful of rows nothing is.
 * `attributions`: rows × (columns + 1), as `TreeExplainer.attribute` gives them.
 */
export function sharedPulls(attributions: Float64Array, rows: number, columns: number): Float64Array {
  const shared = new Float64Array(columns);
  if (rows < relativeRowsMin) return shared;
  const width = columns + 1;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) shared[column]! += attributions[row * width + column]! / rows;
  return shared;
}

/**
 * The reasons of one row, strongest first: for a removed premises those against it, for a kept one those for it and the
 * one that speaks most against. At least one, always.
 * `attributions` holds the row's own columns, the expected margin not among them.
 */
export function composeReasons(input: {
  attributions: Float64Array;
  features: readonly ExplainedFeature[];
  facts: PairFacts;
  verdict: Verdict;
  taste?: TastePull | null;
}): Reason[] {
  const { facts, verdict } = input;
  const against = verdict === "remove";
  const told = groupsOf(input.features).map(({ code, columns }): Told => {
    let pull = 0;
    for (const column of columns) pull += input.attributions[column]!;
    return {
      code,
      pull,
      tell: () =>
        choosePhrase(code as Exclude<ReasonCode, "taste">, facts, {
          against: pull < 0,
          features: strongest(input.attributions, input.features, columns, pull < 0),
        }),
    };
  });
  const taste = input.taste;
  if (taste && taste.pull !== 0) told.push({ code: "taste", pull: taste.pull, tell: () => tastePhrase(taste) });
  told.sort((a, b) => Math.abs(b.pull) - Math.abs(a.pull));

  const own = told.filter(({ pull }) => (against ? pull < 0 : pull > 0));
  const least = Math.max(worthPull, worthShare * Math.abs(own[0]?.pull ?? 0));
  const chosen = own.filter(({ pull }) => Math.abs(pull) >= least).slice(0, reasonsMax);
  if (!against) {
    const counter = told.filter(({ pull }) => pull < 0 && -pull >= least).slice(0, counterReasonsMax);
    chosen.push(...counter);
  }
  const reasons = chosen
    .sort((a, b) => Math.abs(b.pull) - Math.abs(a.pull))
    .map(({ code, pull, tell }) => ({ code, pull, ...tell() }));
  const distinct = reasons.filter(
    (reason, index) => reasons.findIndex(({ phrase }) => phrase === reason.phrase) === index,
  );
  if (distinct.some(({ pull }) => (against ? pull < 0 : pull > 0))) return distinct;
  // Nothing by itself pulls the way of the verdict: the whole does.
  const pull = told.reduce((sum, each) => sum + each.pull, 0);
  const overall = { code: "market" as const, pull: against ? Math.min(pull, 0) : Math.max(pull, 0) };
  return [{ ...overall, ...overallPhrase(against) }, ...distinct];
}

interface Told {
  code: ReasonCode;
  pull: number;
  tell: () => Phrase;
}

interface Group {
  code: ReasonCode;
  columns: number[];
}

const groups = new WeakMap<readonly ExplainedFeature[], Group[]>();

/** The columns of each reason; found once for a list of features, since thousands of rows share it. */
function groupsOf(features: readonly ExplainedFeature[]): Group[] {
  let found = groups.get(features);
  if (!found) {
    const columns = Map.groupBy(features.keys(), (column) => features[column]!.group);
    found = [...columns].map(([code, of]) => ({ code, columns: of }));
    groups.set(features, found);
  }
  return found;
}

/** Names of the group's features that pull in the given direction, strongest first. */
function strongest(
  attributions: Float64Array,
  features: readonly ExplainedFeature[],
  columns: readonly number[],
  against: boolean,
): string[] {
  return columns
    .filter((column) => (against ? attributions[column]! < 0 : attributions[column]! > 0))
    .sort((a, b) => Math.abs(attributions[b]!) - Math.abs(attributions[a]!))
    .map((column) => features[column]!.name);
}

function tastePhrase({ pull, marks, taste }: TastePull): Phrase {
  return say(pull < 0 ? "taste_against" : "taste_for", { marks, taste });
}
