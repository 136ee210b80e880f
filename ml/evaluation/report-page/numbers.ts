import type { Estimate } from "../bootstrap.ts";
import type { Locale } from "./words.ts";

/** Numbers as a person of that language writes them; what cannot be told is a dash. */
export class Numbers {
  readonly locale: Locale;
  constructor(locale: Locale) {
    this.locale = locale;
  }

  whole(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  decimal(value: number | null, digits = 3): string {
    if (value === null) return "—";
    const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(this.locale, format).format(value);
  }

  percent(value: number | null, digits = 0): string {
    if (value === null) return "—";
    const format = { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
    return new Intl.NumberFormat(this.locale, format).format(value);
  }

  date(day: number): string {
    const format = new Intl.DateTimeFormat(this.locale, { dateStyle: "long", timeZone: "UTC" });
    // Russian ends with "г.", which no sentence wants.
    return format.format(day * 86_400_000).replace(/\s*г\.$/, "");
  }

  /** "0,91–0,95"; empty where there is no interval. */
  decimals({ low, high }: Estimate, digits = 3): string {
    return low === null || high === null ? "" : `${this.decimal(low, digits)}–${this.decimal(high, digits)}`;
  }

  percents({ low, high }: Estimate, digits = 0): string {
    return low === null || high === null ? "" : `${this.decimal(100 * low, digits)}–${this.percent(high, digits)}`;
  }
}
