import { FreeStock } from "./free-stock.ts";
import { fitOf, type Misfit, misfitOf, type Neighbours, signedShare, tasteOf, wantsOf } from "./market-fit.ts";
import { growth, type Wish, wishOf } from "./market-leads.ts";
import { type Ledger, Table, tenantTradeOn } from "./market-ledger.ts";
import type { MarketManager } from "./market-managers.ts";
import { trades } from "./market-nouns.ts";
import type { MarketRules } from "./market-rules.ts";
import type { Stock } from "./market-stock.ts";
import { Random } from "./random.ts";

export interface Scene {
  seed: number;
  rules: MarketRules;
  firstDay: number;
  /** The last day of the records. */
  today: number;
  leads: number;
  stock: Stock;
  managers: MarketManager[];
}

export const refusals = [
  "не подошла площадь",
  "не устроила цена",
  "не подошёл район",
  "нет мокрой точки",
  "нужен ремонт",
  "выбрал другое",
  "пропал",
] as const;

/** Of what is offered and not rented, so many ends are written into the CRM. */
const lostRecordedShare = { before2020: 0.15, since2020: 0.18 };
const hotCount = 7;
const day2020 = Date.UTC(2020, 0, 1) / 86_400_000;

/** Lives the market day by day: premises fall free and get cheaper, leads come, managers offer, clients sign. */
export function simulateMarket(scene: Scene): Ledger {
  return new Simulation(scene).run();
}

class Simulation {
  readonly #scene: Scene;
  readonly #random: Random;
  readonly #free: FreeStock;
  readonly #rent: Float64Array;
  /** The open vacancy of each premises, −1 while it is let. */
  readonly #vacancy: Int32Array;
  /** What falls due on which day, and for which day each premises waits: a stale entry is skipped. */
  readonly #due: (number[] | undefined)[];
  readonly #waitsFor: Int32Array;
  readonly #hot: number[][];
  readonly #meanLeaseDays: number;
  /** How many of the latest leads keep their offers for the exam: about the last three months in a full market. */
  readonly #rememberedLeads: number;
  readonly #ledger: Ledger;

  constructor(scene: Scene) {
    const premises = scene.stock.items.length;
    const days = scene.today - scene.firstDay + 1;
    this.#scene = scene;
    this.#random = new Random(scene.seed, 5);
    this.#free = new FreeStock(scene.stock.items);
    this.#rent = new Float64Array(premises);
    this.#vacancy = new Int32Array(premises).fill(-1);
    this.#due = new Array(days + 1);
    this.#waitsFor = new Int32Array(premises).fill(-1);
    this.#hot = scene.managers.map(() => []);
    this.#rememberedLeads = Math.min(320, Math.max(40, Math.round(scene.leads / 150)));
    // About two thirds of the premises stay let, with as many leases as these leads bring.
    const leasesExpected = Math.max(1, 0.034 * scene.leads);
    this.#meanLeaseDays = Math.min(8 * 365, Math.max(365, (0.6 * premises * days) / leasesExpected));
    this.#ledger = {
      leadDay: spreadLeads(scene),
      leadManager: new Uint16Array(scene.leads),
      leadHasDeal: new Uint8Array(scene.leads),
      vacancies: new Table(["premises", "fromDay", "toDay", "rent"]),
      leases: new Table(["premises", "lead", "leadKnown", "startDay", "endDay", "rent", "trade", "previous"]),
      latestLease: new Int32Array(premises).fill(-1),
      deals: new Table(["lead", "premises", "manager", "createdDay", "closedDay", "won", "sum", "refusal"]),
      askingRent: this.#rent,
      recentOffers: new Map(),
      offersMade: 0,
    };
  }

  run(): Ledger {
    const { firstDay, today, leads } = this.#scene;
    this.#settle();
    let lead = 0;
    for (let day = firstDay; day <= today; day++) {
      for (const premises of this.#due[day - firstDay] ?? []) {
        if (this.#waitsFor[premises] !== day) continue;
        if (this.#free.has(premises)) this.#cutPrice(premises, day);
        else this.#vacate(premises, day);
      }
      this.#due[day - firstDay] = undefined;
      const active = this.#activeManagers(day);
      for (const manager of active) if ((day + manager) % 5 === 0 || day === firstDay) this.#refreshHot(manager, day);
      for (; lead < leads && this.#ledger.leadDay[lead] === day; lead++) {
        const manager = this.#random.pick(active);
        this.#ledger.leadManager[lead] = manager;
        if (this.#random.chance(this.#scene.rules.workedShare)) this.#workOn(lead, manager, day);
      }
    }
    return this.#ledger;
  }

  /** On the first day most premises have tenants from before. */
  #settle(): void {
    const { firstDay, stock } = this.#scene;
    for (const { index } of stock.items) {
      if (this.#random.chance(0.7)) {
        const endDay = firstDay + 1 + Math.round(this.#meanLeaseDays * this.#random.exponential());
        const trade = this.#random.weighted(trades.map(({ weight }) => weight));
        const rent = this.#askingRent(index, firstDay);
        this.#rent[index] = rent;
        this.#let(index, { lead: -1, trade, startDay: firstDay - 365, endDay, rent });
      } else this.#vacate(index, firstDay);
    }
  }

  #vacate(premises: number, day: number): void {
    this.#rent[premises] = this.#askingRent(premises, day);
    this.#free.add(premises);
    this.#openVacancy(premises, day);
  }

  #openVacancy(premises: number, day: number): void {
    const row = { premises, fromDay: day, toDay: Number.POSITIVE_INFINITY, rent: this.#rent[premises]! };
    this.#vacancy[premises] = this.#ledger.vacancies.add(row);
    this.#wait(premises, day + this.#random.whole(80, 140));
  }

  #askingRent(premises: number, day: number): number {
    const item = this.#scene.stock.items[premises]!;
    const hope = 1.1 * Math.exp(0.1 * this.#random.normal());
    return roundRent(item.areaSqm * item.fairRubSqm * growth(day - this.#scene.firstDay) * hope);
  }

  #cutPrice(premises: number, day: number): void {
    const item = this.#scene.stock.items[premises]!;
    const least = 0.62 * item.areaSqm * item.fairRubSqm * growth(day - this.#scene.firstDay);
    const lower = roundRent(this.#rent[premises]! * this.#random.between(0.93, 0.985));
    if (lower < least || lower === this.#rent[premises]) {
      this.#wait(premises, day + this.#random.whole(80, 140));
      return;
    }
    this.#ledger.vacancies.set(this.#vacancy[premises]!, "toDay", day);
    this.#rent[premises] = lower;
    this.#openVacancy(premises, day);
  }

  #wait(premises: number, day: number): void {
    this.#waitsFor[premises] = day;
    const slot = day - this.#scene.firstDay;
    if (day > this.#scene.today) return;
    const due = this.#due[slot];
    if (due) due.push(premises);
    else this.#due[slot] = [premises];
  }

  #let(
    premises: number,
    tenant: { lead: number; trade: number; startDay: number; endDay: number; rent: number },
  ): void {
    const previous = this.#ledger.latestLease[premises]!;
    const leadKnown = this.#random.chance(0.75) ? 1 : 0;
    this.#ledger.latestLease[premises] = this.#ledger.leases.add({ premises, ...tenant, leadKnown, previous });
    this.#wait(premises, tenant.endDay);
  }

  #activeManagers(day: number): number[] {
    const active: number[] = [];
    for (const [index, manager] of this.#scene.managers.entries())
      if (manager.hiredDay <= day && manager.dismissedDay > day) active.push(index);
    return active;
  }

  /** The few premises a manager has in his head: cheap for what they are, pretty, to his taste. */
  #refreshHot(manager: number, day: number): void {
    const { stock, managers, firstDay } = this.#scene;
    const { taste } = managers[manager]!;
    const kept = this.#hot[manager]!.filter((premises) => this.#free.has(premises) && !this.#random.chance(0.25));
    const scored: { premises: number; appeal: number }[] = [];
    for (let tries = 0; tries < 24 && this.#free.all.length > 0; tries++) {
      const premises = this.#random.pick(this.#free.all);
      const item = stock.items[premises]!;
      const fair = item.areaSqm * item.fairRubSqm * growth(day - firstDay);
      const appeal =
        2 * Math.log(fair / this.#rent[premises]!) +
        item.charm +
        0.5 * ((item.floor < 0 ? taste.basement : 0) + (item.fitOut === 0 ? taste.shell : 0)) +
        0.5 * (item.managed ? taste.managed : 0);
      if (!kept.includes(premises)) scored.push({ premises, appeal });
    }
    scored.sort((a, b) => b.appeal - a.appeal);
    this.#hot[manager] = [...new Set([...kept, ...scored.map(({ premises }) => premises)])].slice(0, hotCount);
  }

  #workOn(lead: number, manager: number, day: number): void {
    const { seed, firstDay } = this.#scene;
    const wish = wishOf(seed, lead, day, firstDay);
    const offered = this.#chooseOffers(wish, manager, day);
    const remembered = this.#ledger.recentOffers.set(
      lead,
      offered.map(({ premises }) => premises),
    );
    if (remembered.size > this.#rememberedLeads) remembered.delete(remembered.keys().next().value as number);
    let taken = false;
    for (const { premises, fit } of offered) {
      this.#ledger.offersMade++;
      const won: boolean = !taken && this.#random.chance(wantsOf(fit, this.#scene.rules) * signedShare);
      taken ||= won;
      this.#conclude(wish, premises, manager, day, won);
    }
  }

  /** Two to four: most from the head, the rest from a short search by size; each by the manager's blurred eye. */
  #chooseOffers(wish: Wish, manager: number, day: number): { premises: number; fit: number }[] {
    const pool = new Set(this.#hot[manager]!.filter((premises) => this.#free.has(premises)));
    const hot = new Set(pool);
    for (const step of [0, 0, 0, 0, 0, 0, -1, -1, -1, 1, 1, 1]) {
      const near = this.#free.near(wish.logAreaSqm, step);
      if (near.length > 0) pool.add(this.#random.pick(near));
    }
    const { taste, blur } = this.#scene.managers[manager]!;
    const count = this.#random.whole(2, 4);
    return [...pool]
      .map((premises) => {
        const item = this.#scene.stock.items[premises]!;
        const rent = this.#rent[premises]!;
        const fit = fitOf(
          this.#scene.seed,
          wish,
          item,
          rent,
          this.#scene.firstDay,
          this.#neighbours(wish, premises, day),
          this.#scene.rules,
        );
        const eye =
          fit +
          tasteOf(taste, wish, item, rent) +
          blur * this.#random.normal() +
          (hot.has(premises) ? this.#scene.rules.hotPull : 0);
        return { premises, fit, eye };
      })
      .sort((a, b) => b.eye - a.eye)
      .slice(0, count);
  }

  #neighbours(wish: Wish, premises: number, day: number): Neighbours {
    return neighboursOn(this.#scene.stock, this.#ledger, wish, premises, day);
  }

  /** Writes down, or forgets, how an offer ended; a win lets the premises. */
  #conclude(wish: Wish, premises: number, manager: number, day: number, won: boolean): void {
    const { today } = this.#scene;
    const createdDay = day + this.#random.whole(0, 4);
    const closedDay = createdDay + this.#random.whole(3, 40);
    const asked = this.#rent[premises]!;
    const rent = won && this.#random.chance(0.6) ? Math.round(asked * this.#random.between(0.95, 1)) : asked;
    const misfit = won ? undefined : misfitOf(wish, this.#scene.stock.items[premises]!, asked, this.#scene.firstDay);
    const { wonRecordedShare, lostRecordedScale } = this.#scene.rules;
    const lost = lostRecordedScale * (day < day2020 ? lostRecordedShare.before2020 : lostRecordedShare.since2020);
    const recorded = this.#random.chance(won ? wonRecordedShare : lost);
    if (won) this.#sign(wish, premises, closedDay, rent);
    if (!recorded || closedDay > today) return;
    const refusal = misfit && this.#random.chance(0.4) ? nameRefusal(misfit, this.#random) : -1;
    const lead = wish.index;
    this.#ledger.leadHasDeal[lead] = 1;
    this.#ledger.deals.add({ lead, premises, manager, createdDay, closedDay, won: won ? 1 : 0, sum: rent, refusal });
  }

  /** Promised from today, rented from `startDay`: until then the records call it free. */
  #sign(wish: Wish, premises: number, startDay: number, rent: number): void {
    this.#free.remove(premises);
    this.#waitsFor[premises] = -1;
    if (startDay > this.#scene.today) return;
    this.#ledger.vacancies.set(this.#vacancy[premises]!, "toDay", startDay);
    this.#vacancy[premises] = -1;
    const days = Math.round(this.#meanLeaseDays * (0.25 + 0.75 * this.#random.exponential()));
    const trade = trades.indexOf(wish.trades[0]!);
    this.#let(premises, { lead: wish.index, trade, startDay, endDay: startDay + Math.max(60, days), rent });
  }
}

/** Who sits beside the premises on that day, as far as the lead's first trade cares. */
export function neighboursOn(stock: Stock, ledger: Ledger, wish: Wish, premises: number, day: number): Neighbours {
  const own = trades.indexOf(wish.trades[0]!);
  const neighbours = { anchor: false, rival: false };
  for (const other of stock.sections[stock.items[premises]!.section]!) {
    const trade = other === premises ? -1 : tenantTradeOn(ledger, other, day);
    if (trade < 0) continue;
    if (trade === own) neighbours.rival = true;
    if (trades[trade]!.anchor) neighbours.anchor = true;
  }
  return neighbours;
}

/** Mostly the true worst point; sometimes what one says to end a call. */
function nameRefusal(misfit: Misfit, random: Random): number {
  if (random.chance(0.35)) return random.whole(5, 6);
  const points = [misfit.area, misfit.money, misfit.place, misfit.utilities, misfit.condition];
  return points.indexOf(Math.max(...points));
}

/** To 500 roubles, and no less than that. */
function roundRent(rent: number): number {
  return Math.max(500, Math.round(rent / 500) * 500);
}

/** Days of creation: a third more at the end than at the start, few at weekends, in order. */
function spreadLeads({ firstDay, today, leads }: Scene): Int32Array {
  const span = today - firstDay + 1;
  const weights = Float64Array.from({ length: span }, (_, i) => {
    // 1970-01-01 was a Thursday.
    const weekday = (firstDay + i + 3) % 7;
    return (1 + (0.33 * i) / span) * (weekday === 6 ? 0.15 : weekday === 5 ? 0.4 : 1);
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const days = new Int32Array(leads);
  let lead = 0;
  let passed = 0;
  for (let i = 0; i < span; i++) {
    passed += weights[i]!;
    for (const until = Math.round((leads * passed) / whole); lead < until && lead < leads; lead++)
      days[lead] = firstDay + i;
  }
  days.fill(today, lead);
  return days;
}
