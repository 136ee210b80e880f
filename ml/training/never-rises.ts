import { Pair, pairOf, Scene } from "../features/pair.ts";
import { vectorize } from "../features/vectorize.ts";
import { rentsToTry } from "../price.ts";
import { ModelRefused } from "../xgboost/adopt-model.ts";
import { predictMargins } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import { parseTrees, type Trees } from "../xgboost/trees.ts";
import type { TrainingMaterial } from "./material.ts";

/** Held-out leads and free premises of each whose rent is tried out. */
const LEADS = 120;
const PREMISES = 5;

/**
 * Throws `ModelRefused` unless a dearer rent never raises the chance of a deal: tried on real pairs, for an example that
 * people understand, and proven on the trees, for all the others.
 */
export function proveNeverRises(material: TrainingMaterial, dealJson: Uint8Array, library: Xgboost): void {
  const example = findRise(material, dealJson, library);
  const rents = new Set(material.features.flatMap(({ monotone }, column) => (monotone === -1 ? [column] : [])));
  const tree = risingTree(parseTrees(dealJson), rents);
  if (!example && tree === null) return;
  const cure = {
    ru: "Обучите голову deal с monotone_constraints из манифеста.",
    en: "Train the deal head with the manifest's monotone_constraints.",
  };
  if (example)
    throw new ModelRefused({
      ru: `Вероятность сделки растёт с ценой: помещение ${example.premisesId}, ${example.from} → ${example.to} ₽ в месяц, ${example.rises} из ${example.tried} проверенных пар. ${cure.ru}`,
      en: `The chance of a deal rises with the rent: premises ${example.premisesId}, ${example.from} → ${example.to} ₽ a month, ${example.rises} of ${example.tried} pairs that were tried. ${cure.en}`,
    });
  throw new ModelRefused({
    ru: `Вероятность сделки может расти с ценой: дерево ${tree} делит по цене и даёт дорогому больше. ${cure.ru}`,
    en: `The chance of a deal may rise with the rent: tree ${tree} splits on the rent and gives more to the dearer. ${cure.en}`,
  });
}

/**
 * The first tree in which some leaf on the dearer side of a split on one of the columns lies above a leaf on its cheaper
 * side; null: none does, and then no sum of the trees can ever rise with those columns together. Trees that were trained
 * under the constraint have none.
 */
export function risingTree(trees: Trees, columns: ReadonlySet<number>): number | null {
  const lowest = Float32Array.from(trees.value);
  const highest = Float32Array.from(trees.value);
  for (let tree = trees.roots.length - 2; tree >= 0; tree--)
    // A child stands after its parent.
    for (let node = trees.roots[tree + 1]! - 1; node >= trees.roots[tree]!; node--) {
      const [left, right] = [trees.left[node]!, trees.right[node]!];
      if (left < 0) continue;
      if (columns.has(trees.feature[node]!) && highest[right]! > lowest[left]!) return tree;
      lowest[node] = Math.min(lowest[left]!, lowest[right]!);
      highest[node] = Math.max(highest[left]!, highest[right]!);
    }
  return null;
}

interface Rise {
  premisesId: string;
  from: number;
  to: number;
  rises: number;
  tried: number;
}

function findRise({ timeline, features, heldOut }: TrainingMaterial, dealJson: Uint8Array, library: Xgboost) {
  const curves: { premisesId: string; rents: number[] }[] = [];
  const pairs: Pair[] = [];
  for (const set of heldOut.slice(-LEADS)) {
    const scene = new Scene(timeline, set.lead, set.managerId, set.day);
    const { count } = scene.standing.free;
    for (let i = 0; i < Math.min(PREMISES, count); i++) {
      const { premises, index, rentRubMonth, sinceDay, openingRentRubMonth } = pairOf(
        scene,
        Math.floor((i * count) / PREMISES),
      );
      const rents = rentsToTry(rentRubMonth);
      curves.push({ premisesId: premises.premisesId, rents });
      for (const rent of rents) pairs.push(new Pair(scene, index, rent, sinceDay, openingRentRubMonth));
    }
  }
  const margins = predictMargins(dealJson, vectorize(features, pairs), pairs.length, features.length, library);
  let row = 0;
  let first: Omit<Rise, "rises" | "tried"> | null = null;
  let rises = 0;
  for (const { premisesId, rents } of curves) {
    const start = row;
    row += rents.length;
    const at = rents.findIndex((_, i) => i > 0 && margins[start + i]! > margins[start + i - 1]!);
    if (at < 0) continue;
    rises++;
    first ??= { premisesId, from: rents[at - 1]!, to: rents[at]! };
  }
  return first && { ...first, rises, tried: curves.length };
}
