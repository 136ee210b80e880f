/**
 * A seeded source of chance: sfc32 (Chris Doty-Humphrey, PractRand 0.09), its state filled by MurmurHash3's 32-bit
 * finaliser (Austin Appleby). The same seeds give the same numbers on every machine; no cryptographic use.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Each list of seeds is a stream of its own: `new Random(seed, stream, index)`. */
  constructor(...seeds: number[]) {
    let state = 0x9e3779b9;
    for (const seed of seeds) state = mix32(state ^ mix32(seed + 0x7f4a7c15));
    this.#a = state;
    this.#b = mix32(state + 0x6a09e667);
    this.#c = mix32(state + 0xbb67ae85);
    for (let i = 0; i < 8; i++) this.bits();
  }

  /** 32 unsigned bits. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.bits() / 0x1_0000_0000;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number, `low` and `high` included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    return toNormal(this.bits(), this.bits());
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.uniform() * from.length)] as T;
  }

  /** An index, chosen in proportion to the weights. */
  weighted(weights: readonly number[]): number {
    let left = this.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    const found = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return found < 0 ? weights.length - 1 : found;
  }

  shuffled<T>(from: readonly T[]): T[] {
    const shuffled = [...from];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.whole(0, i);
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }
}

/** A standard normal number that belongs to a pair for good, whoever asks and in whatever order. */
export function pairNormal(seed: number, first: number, second: number): number {
  const one = mix32(mix32(seed ^ 0x51ed270b) ^ mix32(first + 0x2545f491));
  const two = mix32(one ^ mix32(second + 0x68bc21eb));
  return toNormal(two, mix32(two + 0x9e3779b9));
}

/** MurmurHash3 fmix32. */
function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function toNormal(first: number, second: number): number {
  const radius = Math.sqrt(-2 * Math.log((first + 1) / 0x1_0000_0000));
  return radius * Math.cos((2 * Math.PI * second) / 0x1_0000_0000);
}
