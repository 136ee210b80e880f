import { firstPremisesId } from "./market-ids.ts";
import { type District, districts } from "./market-nouns.ts";
import { Random } from "./random.ts";

/** A premises of the made market: what is so, and what the CRM knows of it. */
export interface StockItem {
  index: number;
  id: number;
  district: District;
  section: number;
  address: string;
  name: string;
  areaSqm: number;
  /** Rent per m² and month that suits it on the first day, before the market's growth. */
  fairRubSqm: number;
  floor: number;
  fitOut: 0 | 1 | 2;
  builtYear: number;
  managed: boolean;
  water: boolean;
  sewerage: 0 | 1 | 2;
  documents: boolean;
  /** Footfall and light, which no card tells. */
  charm: number;
  /** Which facts the card leaves empty. */
  unknown: {
    district: boolean;
    bank: boolean;
    floor: boolean;
    fitOut: boolean;
    builtYear: boolean;
    water: boolean;
    sewerage: boolean;
    documents: boolean;
  };
}

export interface Stock {
  items: StockItem[];
  /** Indices of the premises of each section: neighbours. */
  sections: number[][];
}

/** Rent per m² and month of an ordinary premises on the first day. */
export const baseRubSqm = 620;

/** Buildings of 3 to 9 premises, one section each, until `count` premises stand. */
export function buildStock(seed: number, count: number): Stock {
  const random = new Random(seed, 1);
  const items: StockItem[] = [];
  const sections: number[][] = [];
  const weights = districts.map((district) => district.weight);
  while (items.length < count) {
    const district = districts[random.weighted(weights)] as District;
    const building = {
      address: `${random.pick(district.streets)}, ${random.whole(1, 180)}`,
      builtYear: Math.min(2018, Math.round(1958 + 62 * Math.sqrt(random.uniform()))),
      level: district.priceLevel * Math.exp(0.14 * random.normal()),
      sewered: random.chance(0.82),
      managed: random.chance(0.4),
    };
    const section: number[] = [];
    for (let left = random.whole(3, 9); left > 0 && items.length < count; left--) {
      section.push(items.length);
      items.push(buildItem(random, items.length, sections.length, district, building, section.length));
    }
    sections.push(section);
  }
  return { items, sections };
}

interface Building {
  address: string;
  builtYear: number;
  level: number;
  sewered: boolean;
  managed: boolean;
}

function buildItem(
  random: Random,
  index: number,
  section: number,
  district: District,
  building: Building,
  number: number,
): StockItem {
  const size = random.weighted([0.42, 0.38, 0.2]);
  const logArea = [Math.log(32), Math.log(95), Math.log(310)][size]! + [0.42, 0.4, 0.5][size]! * random.normal();
  const areaSqm = Math.round(10 * Math.min(2500, Math.max(6, Math.exp(logArea)))) / 10;
  const floor = [-1, 1, 2, 3, 4][random.weighted([0.12, 0.58, 0.18, 0.08, 0.04])]!;
  const fitOut = random.weighted([0.2, 0.3, 0.5]) as 0 | 1 | 2;
  const water = building.sewered ? random.chance(0.88) : random.chance(0.3);
  const sewerage = building.sewered && water ? 2 : random.chance(0.4) ? 1 : 0;
  const charm = 0.25 * random.normal();
  const worth =
    building.level *
    (areaSqm / 70) ** -0.2 *
    (floor < 0 ? 0.66 : floor > 1 ? 0.8 : 1) *
    [0.88, 0.97, 1.06][fitOut]! *
    (water ? 1 : 0.92) *
    Math.exp(0.18 * charm + 0.1 * random.normal());
  const unknown = (share: number) => random.chance(share);
  return {
    ...{ index, id: firstPremisesId + index, district, section },
    ...{ address: building.address, name: `${building.address.split(", ")[0]}, пом. ${number}` },
    ...{ areaSqm, fairRubSqm: baseRubSqm * worth, floor, fitOut, builtYear: building.builtYear },
    managed: random.chance(0.85) ? building.managed : !building.managed,
    ...{ water, sewerage, documents: random.chance(0.8), charm },
    unknown: {
      ...{ district: unknown(0.03), bank: unknown(0.03), floor: unknown(0.05), fitOut: unknown(0.1) },
      ...{ builtYear: unknown(0.2), water: unknown(0.1), sewerage: unknown(0.15), documents: unknown(0.08) },
    },
  };
}
