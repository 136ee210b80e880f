/** A column of numbers that grows: a million rows without a million objects. */
export class Column {
  #values: Float64Array;
  length = 0;

  constructor(capacity = 1024) {
    this.#values = new Float64Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  get(row: number): number {
    return this.#values[row] as number;
  }

  set(row: number, value: number): void {
    this.#values[row] = value;
  }
}

/** Rows of equal columns, read back one at a time. */
export class Table<Name extends string> {
  readonly #names: readonly Name[];
  readonly #columns: Record<Name, Column>;

  constructor(names: readonly Name[]) {
    this.#names = names;
    this.#columns = Object.fromEntries(names.map((name) => [name, new Column()])) as Record<Name, Column>;
  }

  get length(): number {
    return this.#columns[this.#names[0] as Name].length;
  }

  /** Appends a row and says its number. */
  add(row: Record<Name, number>): number {
    for (const name of this.#names) this.#columns[name].push(row[name]);
    return this.length - 1;
  }

  get(row: number, name: Name): number {
    return this.#columns[name].get(row);
  }

  set(row: number, name: Name, value: number): void {
    this.#columns[name].set(row, value);
  }

  row(row: number): Record<Name, number> {
    return Object.fromEntries(this.#names.map((name) => [name, this.#columns[name].get(row)])) as Record<Name, number>;
  }
}

/** What happened in the made market, by numbers of leads, premises and managers; days since 1970-01-01. */
export interface Ledger {
  leadDay: Int32Array;
  leadManager: Uint16Array;
  /** 1 where a deal was recorded: such cards are better filled. */
  leadHasDeal: Uint8Array;
  /** `toDay` Infinity while free. */
  vacancies: Table<"premises" | "fromDay" | "toDay" | "rent">;
  /** `lead` −1: a tenant from before the first day, whom no export names. `trade` is an index; `previous` the one before. */
  leases: Table<"premises" | "lead" | "leadKnown" | "startDay" | "endDay" | "rent" | "trade" | "previous">;
  /** The premises' latest lease, −1 without any. */
  latestLease: Int32Array;
  /** `refusal` −1: none was written down. */
  deals: Table<"lead" | "premises" | "manager" | "createdDay" | "closedDay" | "won" | "sum" | "refusal">;
  /** The last rent that was asked for each premises. */
  askingRent: Float64Array;
  /** What was offered to the leads of the last months, recorded or not. */
  recentOffers: Map<number, number[]>;
  /** Shown to clients in all the years. */
  offersMade: number;
}

/** The trade of the tenant who sat there on that day, −1 when none did. */
export function tenantTradeOn(ledger: Ledger, premises: number, day: number): number {
  for (let lease = ledger.latestLease[premises] as number; lease >= 0; lease = ledger.leases.get(lease, "previous")) {
    if (ledger.leases.get(lease, "startDay") <= day)
      return ledger.leases.get(lease, "endDay") > day ? ledger.leases.get(lease, "trade") : -1;
  }
  return -1;
}
