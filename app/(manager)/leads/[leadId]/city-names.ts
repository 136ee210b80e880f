import type { Point } from "./city-plan.ts";

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Named {
  name: string;
  /** What is written: the name, and what is more of it. */
  words: string;
  centre: Point;
  /** Its dots, and none of another's. */
  dots: readonly Point[];
}

/** Of the names' type, at 11 px, with its halo. Letters of Russian are wide: what is shorter only gets more room. */
const letter = { width: 7.2, above: 10, below: 4 };
/** From a name to the edge of the drawing. */
const edge = 3;

/** A way off the best place costs as much as its pixels; to lie on something costs more than any way. */
const costs = { dot: 400, name: 1000, abroad: 150, bank: 40 };

/** What a name takes whose words stand centred on this base line. */
export function boxOf(words: string, { x, y }: Point): Box {
  const half = (words.length * letter.width) / 2;
  return { left: x - half, right: x + half, top: y - letter.above, bottom: y + letter.below };
}

/**
 * Where the names of the districts stand, each the middle of its base line: close above its dots, or where else around them it lies on
 * no dot and on no other name and, if that can be, at home and off the river. In the drawing always.
 */
export function placeNames(
  districts: readonly Named[],
  around: { dotRadius: number; river: readonly (readonly [Point, Point])[]; size: { width: number; height: number } },
): Map<string, Point> {
  const dots = districts.flatMap((one) => one.dots).map((dot) => boxAround(dot, around.dotRadius + 1));
  const river = around.river.flatMap(([a, b]) => along(a, b)).map((point) => boxAround(point, 6));
  const placed = new Map<string, Point>();
  // Twice: the first round does not know where the later names will be.
  for (let round = 0; round < 2; round++)
    for (const one of districts) {
      const others = districts.flatMap(({ name, words }) => {
        const at = name === one.name ? undefined : placed.get(name);
        return at ? boxOf(words, at) : [];
      });
      const cost = (at: Point) => {
        const box = boxOf(one.words, at);
        const on = (boxes: readonly Box[]) => boxes.filter((other) => overlap(box, other)).length;
        const isAbroad = districts.some(({ centre }) => far(centre, at) < far(one.centre, at));
        return costs.dot * on(dots) + costs.name * on(others) + costs.bank * on(river) + (isAbroad ? costs.abroad : 0);
      };
      let best = { at: one.centre, paid: Number.POSITIVE_INFINITY };
      for (const { at, away } of places(one, around.dotRadius, around.size)) {
        if (away >= best.paid) break;
        const paid = away + cost(at);
        if (paid < best.paid) best = { at, paid };
      }
      placed.set(one.name, best.at);
    }
  return placed;
}

/** Base lines to choose from with the way from the best, the nearest first: close above the dots, then farther around them. */
function places({ words, centre, dots }: Named, dotRadius: number, size: { width: number; height: number }) {
  const top = Math.min(centre.y, ...dots.map(({ y }) => y - dotRadius - 2));
  const best = top - letter.below;
  const half = (words.length * letter.width) / 2;
  const found: { at: Point; away: number }[] = [];
  for (let down = -24; down <= 120; down += 4)
    for (let aside = -64; aside <= 64; aside += 4) {
      const x = within(centre.x + aside, half + edge, size.width - half - edge);
      const y = within(best + down, letter.above + edge, size.height - letter.below - edge);
      found.push({ at: { x, y }, away: far({ x, y }, { x: centre.x, y: best }) });
    }
  return found.toSorted((a, b) => a.away - b.away);
}

function far(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

function boxAround({ x, y }: Point, radius: number): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** Points of a stretch, close enough that no name slips between. */
function along(a: Point, b: Point): Point[] {
  const count = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / 8) + 1;
  return Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0 : i / (count - 1);
    return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
  });
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
