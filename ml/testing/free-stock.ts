import type { StockItem } from "./market-stock.ts";

const bucketWidth = 0.35;

/** The premises that are free, found by size in constant time however many there are. */
export class FreeStock {
  readonly #buckets: number[][] = [];
  readonly #bucketOf: Uint8Array;
  readonly #place: Int32Array;
  readonly #all: number[] = [];
  readonly #placeInAll: Int32Array;

  constructor(items: readonly StockItem[]) {
    this.#bucketOf = Uint8Array.from(items, (item) => bucketFor(Math.log(item.areaSqm)));
    this.#place = new Int32Array(items.length).fill(-1);
    this.#placeInAll = new Int32Array(items.length).fill(-1);
    for (let bucket = 0; bucket <= bucketFor(Math.log(3000)); bucket++) this.#buckets.push([]);
  }

  get all(): readonly number[] {
    return this.#all;
  }

  has(premises: number): boolean {
    return (this.#place[premises] as number) >= 0;
  }

  add(premises: number): void {
    const bucket = this.#bucket(this.#bucketOf[premises] as number);
    this.#place[premises] = bucket.push(premises) - 1;
    this.#placeInAll[premises] = this.#all.push(premises) - 1;
  }

  remove(premises: number): void {
    takeOut(this.#bucket(this.#bucketOf[premises] as number), this.#place, premises);
    takeOut(this.#all, this.#placeInAll, premises);
  }

  /** Free premises of about that size. */
  near(logAreaSqm: number, steps: number): readonly number[] {
    return this.#buckets[Math.min(this.#buckets.length - 1, Math.max(0, bucketFor(logAreaSqm) + steps))] as number[];
  }

  #bucket(index: number): number[] {
    return this.#buckets[index] as number[];
  }
}

function bucketFor(logAreaSqm: number): number {
  return Math.max(0, Math.floor((logAreaSqm - Math.log(6)) / bucketWidth));
}

/** The last one moves into the gap. */
function takeOut(list: number[], places: Int32Array, premises: number): void {
  const place = places[premises] as number;
  const last = list.pop() as number;
  if (last !== premises) {
    list[place] = last;
    places[last] = place;
  }
  places[premises] = -1;
}
