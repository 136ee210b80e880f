import { PAIR_TRAITS } from "./pair-traits.ts";
import { lowerBound, RunningSums } from "./running-sums.ts";

const WIDTH = PAIR_TRAITS.length * 2;
/** How many offers of the whole office a manager's own are mixed with. */
const PRIOR_WEIGHT = 20;

/** What each manager offered, when: his load, and how his choice differs from his colleagues'. */
export class ManagerRecords {
  private readonly office = new RunningSums(WIDTH);
  private readonly row = new Float64Array(WIDTH);
  private readonly managers = new Map<string, { days: number[]; traits: RunningSums }>();

  /** In the order of days. */
  add(managerId: string | null, day: number, traits: Float64Array): void {
    const { row } = this;
    for (let t = 0; t < PAIR_TRAITS.length; t++) {
      const known = !Number.isNaN(traits[t]);
      row[2 * t] = known ? 1 : 0;
      row[2 * t + 1] = known ? traits[t]! : 0;
    }
    this.office.add(day, row);
    if (managerId === null) return;
    let own = this.managers.get(managerId);
    if (!own) {
      own = { days: [], traits: new RunningSums(WIDTH) };
      this.managers.set(managerId, own);
    }
    own.days.push(day);
    own.traits.add(day, row);
  }

  /** Offers recorded before `day`, and how many of them in the 30 days before it. */
  loadOf(managerId: string | null, day: number): { offers: number; lately: number } {
    const days = managerId === null ? undefined : this.managers.get(managerId)?.days;
    if (!days) return { offers: 0, lately: 0 };
    const offers = lowerBound(days, day);
    return { offers, lately: offers - lowerBound(days, day - 30) };
  }

  /**
   * For each trait the log odds with which this manager offers such premises above his office, shrunk; 0 for one who has
   * offered nothing.
   */
  leaningOf(managerId: string | null, day: number): Float64Array {
    const office = new Float64Array(WIDTH);
    const own = new Float64Array(WIDTH);
    this.office.addBefore(day, office);
    if (managerId !== null) this.managers.get(managerId)?.traits.addBefore(day, own);
    return Float64Array.from(PAIR_TRAITS, (_, t) => {
      const officeShare = (office[2 * t + 1]! + 1) / (office[2 * t]! + 2);
      const share = (own[2 * t + 1]! + PRIOR_WEIGHT * officeShare) / (own[2 * t]! + PRIOR_WEIGHT);
      return Math.log(share / (1 - share)) - Math.log(officeShare / (1 - officeShare));
    });
  }
}
