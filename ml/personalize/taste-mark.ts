/**
 * A lead's free premises of one day as a manager had them before him: the kept by rank, then the removed, nearest to the
 * threshold first (the order of `Ranking.premises`), judged by the model that is active now without any taste.
 */
export interface TasteList {
  leadId: string;
  /** The day whose market was judged. */
  asOfDay: number;
  /** `tasteFeatures` of each premises, one row each. */
  features: number[][];
  /** logit(suitability) − logit(threshold) of each premises, taste excluded; ≥ 0 is kept. */
  margins: number[];
}

/** A manager said that the model was wrong about one premises of a list. Marks of one list share the list object. */
export interface TasteMark {
  list: TasteList;
  /** Which premises of the list. */
  index: number;
  /** true: wrongly removed; false: wrongly kept. */
  suitable: boolean;
  /** The day on which he said it. */
  saidDay: number;
}

/** So many of the kept, and so many of the removed, a manager is taken to have looked at. */
const looked = { kept: 20, removed: 15 } as const;

/** Marks beyond these weigh nothing: a flood on one lead or one day counts as so many. */
export const countedMax = { perLead: 10, perDay: 150 } as const;

/** What a manager looked at on one side of a list, and which of it he called a mistake. */
export interface LookedAt {
  /** +1 among the removed, where a mistake means that it suits; −1 among the kept. */
  sign: 1 | -1;
  margins: number[];
  features: number[][];
  marked: boolean[];
  /** 0..1, by the caps. */
  weight: number;
}

/**
 * Marks as choices among what was looked at. A marked premises that the active model would no longer get wrong stays on
 * the side where it was marked; of two marks of one premises in a list the later one counts.
 */
export function gatherLooks(given: readonly TasteMark[]): { looks: LookedAt[]; countedMarks: number } {
  // Whatever order they come in, the sums below are the same to the last bit.
  const marks = given.toSorted(
    (a, b) =>
      a.saidDay - b.saidDay ||
      compare(a.list.leadId, b.list.leadId) ||
      a.list.asOfDay - b.list.asOfDay ||
      a.index - b.index,
  );
  const lists = Map.groupBy(marks, ({ list }) => list);
  const weights = weighMarks(marks);
  const looks: LookedAt[] = [];
  let countedMarks = 0;
  for (const [list, ofList] of lists) {
    const byIndex = new Map(ofList.map((mark) => [mark.index, mark]));
    for (const suitable of [true, false]) {
      const marked = [...byIndex.values()].filter((mark) => mark.suitable === suitable);
      if (marked.length === 0) continue;
      const weight = marked.reduce((sum, mark) => sum + weights.get(mark)!, 0) / marked.length;
      looks.push(lookOn(list, new Set(marked.map(({ index }) => index)), byIndex, suitable, weight));
      countedMarks += weight * marked.length;
    }
  }
  return { looks, countedMarks };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lookOn(
  list: TasteList,
  marked: Set<number>,
  byIndex: Map<number, TasteMark>,
  suitable: boolean,
  weight: number,
): LookedAt {
  const side = list.margins.flatMap((margin, index) => (margin >= 0 === !suitable ? [index] : []));
  const first = side.slice(0, suitable ? looked.removed : looked.kept);
  // What was marked the other way is no silent assent.
  const rows = [...new Set([...first, ...marked])].filter((index) => marked.has(index) || !byIndex.has(index));
  return {
    ...{ sign: suitable ? 1 : -1, weight },
    margins: rows.map((index) => list.margins[index]!),
    features: rows.map((index) => list.features[index]!),
    marked: rows.map((index) => marked.has(index)),
  };
}

/** How much each mark counts: 1, less where its lead or its day holds more than may count. */
function weighMarks(marks: readonly TasteMark[]): Map<TasteMark, number> {
  const perLead = Map.groupBy(marks, ({ list }) => list.leadId);
  const byLead = (mark: TasteMark) => Math.min(1, countedMax.perLead / perLead.get(mark.list.leadId)!.length);
  const perDay = new Map<number, number>();
  for (const mark of marks) perDay.set(mark.saidDay, (perDay.get(mark.saidDay) ?? 0) + byLead(mark));
  return new Map(
    marks.map((mark) => [mark, byLead(mark) * Math.min(1, countedMax.perDay / perDay.get(mark.saidDay)!)]),
  );
}

/** A lead or a day with more marks than may count; for the product owner's eyes. */
export interface MarkFlood {
  where: { leadId: string } | { saidDay: number };
  marks: number;
  counted: number;
}

/** Where one manager's marks come in a flood; empty in honest work. */
export function findFloods(marks: readonly TasteMark[]): MarkFlood[] {
  const perLead = Map.groupBy(marks, ({ list }) => list.leadId);
  const perDay = Map.groupBy(marks, ({ saidDay }) => saidDay);
  return [
    ...[...perLead].map(([leadId, { length }]) => ({ where: { leadId }, marks: length, counted: countedMax.perLead })),
    ...[...perDay].map(([saidDay, { length }]) => ({ where: { saidDay }, marks: length, counted: countedMax.perDay })),
  ].filter((flood) => flood.marks > 2 * flood.counted);
}
