import { familyNames, type Gender, givenNames } from "./market-nouns.ts";
import { Random } from "./random.ts";

/** What a manager likes (+) or shuns (−), in the units of `fit`. */
export interface Taste {
  overBudget: number;
  otherBank: number;
  basement: number;
  area: number;
  shell: number;
  managed: number;
}

export interface MarketManager {
  id: number;
  name: string;
  hiredDay: number;
  /** Infinity while he is active. */
  dismissedDay: number;
  taste: Taste;
  /** How far his judgement of a pair strays from its true fit. */
  blur: number;
}

/** Managers under distinct names; a tenth of them is dismissed before `lastDay`, at least one in ten. */
export function hireManagers(
  seed: number,
  count: number,
  firstDay: number,
  lastDay: number,
  tasteScale: number,
): MarketManager[] {
  const leaning = (spread: number) => tasteScale * spread * random.normal();
  const random = new Random(seed, 2);
  const names = nameManagers(random, count);
  const dismissed = new Set(random.shuffled(names.map((_, i) => i)).slice(0, Math.round(count / 10)));
  const span = lastDay - firstDay;
  return names.map((name, i) => {
    // The first two are there from the first day to the last, so that no day is without a manager.
    const steady = i < 2;
    const hiredDay = steady || random.chance(0.4) ? firstDay : firstDay + Math.round(span * random.between(0, 0.85));
    const gone = dismissed.has(i) && !steady;
    return {
      ...{ id: 101 + i, name, hiredDay },
      dismissedDay: gone ? Math.round(random.between(hiredDay + 0.08 * span, lastDay - 10)) : Number.POSITIVE_INFINITY,
      taste: {
        ...{ overBudget: leaning(0.6), otherBank: leaning(0.9), basement: leaning(1.1) },
        ...{ area: leaning(0.5), shell: leaning(0.8), managed: leaning(0.5) },
      },
      blur: random.between(0.5, 1.2),
    };
  });
}

function nameManagers(random: Random, count: number): string[] {
  const all = (["male", "female"] as Gender[]).flatMap((gender) =>
    familyNames.flatMap((family) => givenNames[gender].map((given) => ({ family, given, gender }))),
  );
  if (count > all.length) throw new RangeError(`There are ${all.length} distinct names of managers, not ${count}.`);
  // Namesakes by family name come only when the family names are used up.
  const byFamily = new Map<string, number>();
  return random
    .shuffled(all)
    .map((name) => {
      const turn = byFamily.get(name.family) ?? 0;
      byFamily.set(name.family, turn + 1);
      return { ...name, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .slice(0, count)
    .map(({ family, given, gender }) => `${family}${gender === "female" ? "а" : ""} ${given}`);
}
