export interface Centre {
  name: string;
  bank: "left" | "right" | null;
  xKm: number | null;
  yKm: number | null;
}

export interface Point {
  x: number;
  y: number;
}

export interface PlannedDistrict {
  name: string;
  bank: "left" | "right" | null;
  centre: Point;
  /** Corners of the part of the plan that lies nearer to this centre than to any other. */
  cell: Point[];
  /** A circle of this radius around the centre lies within the cell. */
  radius: number;
}

export interface CityPlan {
  districts: PlannedDistrict[];
  /** Where cells of the two banks meet. */
  river: [Point, Point][];
}

/** Room around the outermost centres. */
const margin = 56;
/** Far districts are drawn nearer: distances from the middle count by this power, or the centre would be a speck. */
const nearing = 0.55;
const spreadingSteps = 5;

/**
 * A plan of the city from nothing but the centres of its districts: each has the cell of Voronoi (1908), and the river runs
 * where cells of different banks meet. In pixels of a drawing of the given size, north above. Centres that are not known,
 * or lie where another does, are left out.
 */
export function planCity(centres: readonly Centre[], size: { width: number; height: number }): CityPlan {
  const placed = drawNearer(distinct(centres));
  if (placed.length === 0) return { districts: [], river: [] };
  const points = spreadOut(
    fitInto(
      placed.map(({ at }) => at),
      size,
    ),
    size,
  );
  const river: [Point, Point][] = [];
  const districts = placed.map(({ name, bank }, i): PlannedDistrict => {
    const centre = points[i]!;
    const edges = cellEdges(i, points, size);
    for (const { from, to, beyond } of edges) {
      const other = beyond === null ? null : placed[beyond]!.bank;
      // Each stretch is met from both sides and drawn once.
      if (bank === "left" && other === "right") river.push([from, to]);
    }
    const radius = Math.min(...edges.map(({ from, to }) => distanceToLine(centre, from, to)));
    return { name, bank, centre, cell: edges.map(({ from }) => from), radius };
  });
  return { districts, river };
}

/** The golden angle: turned by it, points on a growing spiral never crowd (Vogel 1979). */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** Places for `count` dots around a centre, from the middle outwards, within `radius` and at most `spacing` apart. */
export function placesAround(centre: Point, count: number, radius: number, spacing: number): Point[] {
  const step = Math.min(spacing * 0.56, radius / Math.sqrt(Math.max(1, count)));
  return Array.from({ length: count }, (_, i) => {
    const r = step * Math.sqrt(i + 0.5);
    return { x: centre.x + r * Math.cos(i * goldenAngle), y: centre.y + r * Math.sin(i * goldenAngle) };
  });
}

/** The nearest of `points` that lies that way from `from`, within 45° of straight; -1 where none does. */
export function nearestThatWay(points: readonly Point[], from: Point, way: Point): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, { x, y }] of points.entries()) {
    const along = (x - from.x) * way.x + (y - from.y) * way.y;
    const aside = Math.abs((x - from.x) * way.y) + Math.abs((y - from.y) * way.x);
    if (along <= 0 || aside > along) continue;
    const far = along + 2 * aside;
    if (far < least) [nearest, least] = [i, far];
  }
  return nearest;
}

interface Placed {
  name: string;
  bank: Centre["bank"];
  at: Point;
}

function distinct(centres: readonly Centre[]): Placed[] {
  const placed: Placed[] = [];
  for (const { name, bank, xKm, yKm } of centres) {
    if (xKm === null || yKm === null) continue;
    if (placed.some(({ at }) => at.x === xKm && at.y === -yKm)) continue;
    placed.push({ name, bank, at: { x: xKm, y: -yKm } });
  }
  return placed;
}

function drawNearer(placed: readonly Placed[]): Placed[] {
  const middle = { x: median(placed.map(({ at }) => at.x)), y: median(placed.map(({ at }) => at.y)) };
  return placed.map((one) => {
    const [dx, dy] = [one.at.x - middle.x, one.at.y - middle.y];
    const far = Math.hypot(dx, dy);
    const scale = far === 0 ? 0 : far ** (nearing - 1);
    return { ...one, at: { x: dx * scale, y: dy * scale } };
  });
}

function median(values: number[]): number {
  const rising = [...values].sort((a, b) => a - b);
  return rising[rising.length >> 1] ?? 0;
}

/** Into the drawing with the same scale both ways, in the middle. */
function fitInto(points: readonly Point[], { width, height }: { width: number; height: number }): Point[] {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(
    (width - 2 * margin) / Math.max(right - left, 1e-6),
    (height - 2 * margin) / Math.max(bottom - top, 1e-6),
    Math.min(width, height) / 2,
  );
  return points.map(({ x, y }) => ({
    x: width / 2 + (x - (left + right) / 2) * scale,
    y: height / 2 + (y - (top + bottom) / 2) * scale,
  }));
}

/** Steps towards the middles of the cells (Lloyd 1982): neighbours stay neighbours, and the smallest cell gets room for a name. */
function spreadOut(points: readonly Point[], size: { width: number; height: number }): Point[] {
  let spread = [...points];
  for (let step = 0; step < spreadingSteps; step++) {
    const cells = spread.map((_, i) => cellEdges(i, spread, size).map(({ from }) => from));
    spread = spread.map((point, i) => {
      const middle = centroidOf(cells[i]!);
      return { x: (point.x + middle.x) / 2, y: (point.y + middle.y) / 2 };
    });
  }
  return spread;
}

function centroidOf(cell: readonly Point[]): Point {
  let [area, x, y] = [0, 0, 0];
  for (const [i, a] of cell.entries()) {
    const b = cell[(i + 1) % cell.length]!;
    const cross = a.x * b.y - b.x * a.y;
    area += cross;
    x += (a.x + b.x) * cross;
    y += (a.y + b.y) * cross;
  }
  return { x: x / (3 * area), y: y / (3 * area) };
}

interface Edge {
  from: Point;
  to: Point;
  /** Whose cell lies beyond; null at the edge of the drawing. */
  beyond: number | null;
}

/** The drawing, cut by the line half way to each other centre (Sutherland and Hodgman 1974). */
function cellEdges(
  index: number,
  points: readonly Point[],
  { width, height }: { width: number; height: number },
): Edge[] {
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
  let edges: Edge[] = corners.map((from, i) => ({ from, to: corners[(i + 1) % 4]!, beyond: null }));
  const own = points[index]!;
  for (const [beyond, other] of points.entries()) {
    if (beyond === index) continue;
    const middle = { x: (own.x + other.x) / 2, y: (own.y + other.y) / 2 };
    const side = ({ x, y }: Point) => (x - middle.x) * (other.x - own.x) + (y - middle.y) * (other.y - own.y);
    const kept: Edge[] = [];
    for (const edge of edges) {
      const [a, b] = [side(edge.from), side(edge.to)];
      if (a > 0 && b > 0) continue;
      if (a <= 0 && b <= 0) {
        kept.push(edge);
        continue;
      }
      const share = a / (a - b);
      const cut = {
        x: edge.from.x + share * (edge.to.x - edge.from.x),
        y: edge.from.y + share * (edge.to.y - edge.from.y),
      };
      kept.push(a <= 0 ? { ...edge, to: cut } : { ...edge, from: cut });
    }
    edges = closed(kept, beyond);
  }
  return edges;
}

/** Where the ring was cut open the new edge goes in. */
function closed(edges: readonly Edge[], beyond: number): Edge[] {
  return edges.flatMap((edge, i) => {
    const next = edges[(i + 1) % edges.length]!;
    const open = edge.to.x !== next.from.x || edge.to.y !== next.from.y;
    return open ? [edge, { from: edge.to, to: next.from, beyond }] : [edge];
  });
}

function distanceToLine(point: Point, a: Point, b: Point): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return Math.hypot(point.x - a.x, point.y - a.y);
  return Math.abs((b.x - a.x) * (a.y - point.y) - (a.x - point.x) * (b.y - a.y)) / length;
}
