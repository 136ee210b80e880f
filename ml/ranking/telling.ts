import { composeReasons, sharedPulls } from "../explain/reasons.ts";
import { type Change, findRemedy } from "../explain/remedy.ts";
import type { TreeExplainer } from "../explain/tree-shap.ts";
import type { LeadFacts } from "../facts.ts";
import { describePair } from "../features/describe-pair.ts";
import { pairOf, Scene } from "../features/pair.ts";
import { priceGuide } from "../price.ts";
import type { PriceGuide, Reason, Remedy } from "../ranked.ts";
import type { Judge, Judged } from "./judge.ts";
import { type Place, type PlaceRows, pairAtRent } from "./place-rows.ts";
import type { Teller } from "./ranking-of.ts";
import { tastePull } from "./taste-pull.ts";

/** In longer lists the mean pull, which reasons are told against, is that of so many places spread over the list. */
const SHARED_ROWS_MAX = 1024;
/** Rows whose attributions are computed together in longer lists. */
const BLOCK_ROWS = 256;
export interface TellingModel {
  rows: PlaceRows;
  judge: Judge;
  explainer: TreeExplainer;
  seenRents: { lowestRubSqmMonth: number; highestRubSqmMonth: number };
}

/** What is said about the places of one list, each thing when it is first asked for. */
export class Telling implements Teller {
  private readonly model: TellingModel;
  private readonly list: readonly Judged[];
  private readonly blockRows: number;
  private shared: Float64Array | null = null;
  private block: { from: number; attributions: Float64Array } | null = null;
  private readonly scenes = new Map<string, Scene>();

  /** `list`: in the order in which it is shown, all of one day. */
  constructor(model: TellingModel, list: readonly Judged[]) {
    this.model = model;
    this.list = list;
    this.blockRows = list.length <= SHARED_ROWS_MAX ? Math.max(1, list.length) : BLOCK_ROWS;
  }

  reasonsOf(index: number): Reason[] {
    const { scene, at, verdict, taste, tasteShift } = this.list[index]!;
    const columns = this.model.rows.features.length;
    const pair = pairOf(scene, at);
    const attributions = this.attributionsOf(index).slice(0, columns);
    const shared = this.sharedPulls();
    for (let column = 0; column < columns; column++) attributions[column]! -= shared[column]!;
    return composeReasons({
      attributions,
      features: this.model.rows.features,
      facts: describePair(pair),
      verdict,
      taste: taste && tastePull(taste, pair, tasteShift),
    });
  }

  /** null for the kept, and where no single change will do. */
  remedyOf(index: number): Remedy | null {
    const one = this.list[index]!;
    if (one.verdict === "keep") return null;
    const facts = describePair(pairOf(one.scene, one.at));
    return findRemedy(facts, (change) => this.wouldKeep(one, change));
  }

  priceOf(index: number): PriceGuide {
    const { scene, at, curve } = this.list[index]!;
    const { premises, rentRubMonth } = pairOf(scene, at);
    return priceGuide({
      askingRubMonth: rentRubMonth,
      areaSqm: premises.areaSqm,
      probabilities: curve,
      similar: scene.timeline.similarRents(premises, scene.day),
      market: this.model.seenRents,
    });
  }

  private wouldKeep(one: Judged, change: Change): boolean {
    const { rows, judge } = this.model;
    if (change.kind === "rent") {
      const { rentRubMonth } = change;
      return judge.keeps(pairAtRent(one, rentRubMonth), rows.atRent(one, rentRubMonth), one.taste);
    }
    const place: Place = { scene: this.changedScene(one.scene, change), at: one.at };
    return judge.keeps(pairOf(place.scene, place.at), rows.of([place]), one.taste);
  }

  /** Many premises of a list ask for the same change of the lead's wish. */
  private changedScene(scene: Scene, change: Exclude<Change, { kind: "rent" }>): Scene {
    const key = JSON.stringify(change);
    let changed = this.scenes.get(key);
    if (!changed) {
      changed = new Scene(scene.timeline, changedLead(scene.lead, change), scene.managerId, scene.day);
      this.scenes.set(key, changed);
    }
    return changed;
  }

  private attributionsOf(index: number): Float64Array {
    const width = this.model.rows.features.length + 1;
    const from = index - (index % this.blockRows);
    if (this.block?.from !== from) {
      const places = this.list.slice(from, from + this.blockRows);
      this.block = { from, attributions: this.attribute(places) };
    }
    return this.block.attributions.subarray((index - from) * width, (index - from + 1) * width);
  }

  private sharedPulls(): Float64Array {
    if (this.shared) return this.shared;
    const rows = Math.min(this.list.length, SHARED_ROWS_MAX);
    const spread = Array.from({ length: rows }, (_, i) => this.list[Math.floor((i * this.list.length) / rows)]!);
    const attributions = rows === this.blockRows && this.block ? this.block.attributions : this.attribute(spread);
    this.shared = sharedPulls(attributions, rows, this.model.rows.features.length);
    return this.shared;
  }

  private attribute(places: readonly Place[]): Float64Array {
    return this.model.explainer.attribute(this.model.rows.of(places), places.length);
  }
}

function changedLead(lead: LeadFacts, change: Exclude<Change, { kind: "rent" }>): LeadFacts {
  switch (change.kind) {
    case "area":
      return { ...lead, areaFromSqm: change.areaFromSqm, areaToSqm: change.areaToSqm };
    case "budget":
      return { ...lead, budgetRubMonth: change.budgetRubMonth };
    case "bank":
      return { ...lead, bank: "any" };
    case "district":
      return { ...lead, districts: [...lead.districts, change.district] };
  }
}
