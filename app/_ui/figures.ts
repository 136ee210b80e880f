import type { Locale } from "../_i18n/locale.ts";

const tags: Record<Locale, string> = { ru: "ru-RU", en: "en-GB" };
/** No-break space: a number is never torn from its unit. */
const nbsp = "\u00a0";

/** How likely a deal is, in words that promise no more than the model knows. */
export type Likelihood = "slight" | "low" | "fair" | "good" | "high";

/**
 * Words by bounds of the calibrated probability: below 2 %, 7 %, 20 %, 40 %, and above, as the percent is shown: the word stands
 * beside it, and one `≈ 2 %` is not called otherwise than the next.
 * Among hundreds of free premises a chance of one in five for a single one is a good one.
 */
export function likelihood(probability: number): Likelihood {
  const percent = shownPercent(probability);
  if (percent < 2) return "slight";
  if (percent < 7) return "low";
  if (percent < 20) return "fair";
  if (percent < 40) return "good";
  return "high";
}

/** Whole percents below 10, steps of five above: finer would pretend. Below 1 it is `<1`. */
export function roundedPercent(probability: number): string {
  const percent = shownPercent(probability);
  return percent === 0 ? "<1" : String(percent);
}

/** 0 for all below 1 %. */
function shownPercent(probability: number): number {
  const percent = probability * 100;
  if (percent < 1) return 0;
  return percent < 10 ? Math.round(percent) : Math.min(95, Math.round(percent / 5) * 5);
}

/** Numbers and days as people here write them. Pure; one set a language. */
export interface Figures {
  /** `1 234 567` */
  whole(value: number): string;
  /** `75,9 м²` */
  area(sqm: number): string;
  /** `1 234 567 ₽` */
  rub(value: number): string;
  /** `336–420 ₽`; one figure where both ends round to it. */
  rubRange(low: number, high: number): string;
  /** `1,3 млн ₽` above a million, whole roubles below. */
  rubShort(value: number): string;
  /** `0,43`: a value between 0 and 1 that is no probability. */
  hundredth(value: number): string;
  /** `≈ 15 %`, `< 1 %` */
  percent(probability: number): string;
  /** `43 %`: a share that was counted, to a whole percent. */
  percentOf(part: number, whole: number): string;
  /** `4,3 %`: a share that was counted, to a tenth below 10 %, whole above. */
  share(share: number): string;
  /** `2,9–6,1 %`: both ends of an interval of such a share. */
  shareRange(low: number, high: number): string;
  /** `+1,2` or `−0,4`: a difference of two shares in percentage points. */
  points(difference: number): string;
  /** `окт. 2026` from `2026-10-01`. */
  month(isoDay: string): string;
  /** `31.10.2026, 14:05` in Novosibirsk. */
  moment(at: Date): string;
  /** `31.10.2026`, the day of a moment in Novosibirsk. */
  date(at: Date): string;
  /** `31.10.2026` from `2026-10-31`; a day has no time zone. */
  day(isoDay: string): string;
  /** `2–8 нояб. 2026`: days from one to another. */
  dayRange(fromIsoDay: string, toIsoDay: string): string;
  /** `31 октября`, with the year where it is not this one. */
  dayInWords(isoDay: string, today: string): string;
}

function build(locale: Locale): Figures {
  const tag = tags[locale];
  const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(tag, { maximumFractionDigits: 1, signDisplay: "exceptZero" });
  const hundredth = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(tag, { notation: "compact", maximumFractionDigits: 1 });
  // 03/10 means two days in English; Russians write figures and mean one.
  const dayParts = {
    day: locale === "ru" ? "2-digit" : "numeric",
    month: locale === "ru" ? "2-digit" : "short",
    year: "numeric",
  } as const;
  const day = new Intl.DateTimeFormat(tag, { ...dayParts, timeZone: "UTC" });
  const date = new Intl.DateTimeFormat(tag, { ...dayParts, timeZone: "Asia/Novosibirsk" });
  const dayMonth = new Intl.DateTimeFormat(tag, { timeZone: "UTC", day: "numeric", month: "long" });
  const dayMonthYear = new Intl.DateTimeFormat(tag, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const moment = new Intl.DateTimeFormat(tag, {
    timeZone: "Asia/Novosibirsk",
    dateStyle: "short",
    timeStyle: "short",
  });
  const month = new Intl.DateTimeFormat(tag, { timeZone: "UTC", month: "short", year: "numeric" });
  const percents = (share: number) => {
    const tenths = Math.round(share * 1000);
    if (share > 0 && tenths === 0) return `<${nbsp}${tenth.format(0.1)}`;
    return spaced((tenths < 100 ? tenth : whole).format(tenths < 100 ? tenths / 10 : share * 100));
  };
  const range = (low: string, high: string) =>
    low === high || (low === "0" && high.startsWith("<")) ? high : `${low}–${high}`;
  // A Russian sets both signs apart and behind, an Englishman does neither.
  const roubles = (text: string) => (locale === "ru" ? `${text}${nbsp}₽` : `₽${text}`);
  const percent = locale === "ru" ? `${nbsp}%` : "%";
  const spaced = (text: string) => text.replaceAll(/[\u0020\u202f]/g, nbsp);
  const at = (isoDay: string) => new Date(`${isoDay}T00:00:00Z`);
  const sqm = locale === "ru" ? "м²" : "m²";

  return {
    whole: (value) => spaced(whole.format(value)),
    area: (value) => `${spaced((value < 1000 ? tenth : whole).format(value))}${nbsp}${sqm}`,
    rub: (value) => roubles(spaced(whole.format(value))),
    rubRange: (low, high) => roubles(range(spaced(whole.format(low)), spaced(whole.format(high)))),
    rubShort: (value) => roubles(spaced((value >= 1_000_000 ? short : whole).format(value))),
    hundredth: (value) => hundredth.format(value),
    percent: (probability) => {
      const rounded = roundedPercent(probability);
      return rounded.startsWith("<") ? `<${nbsp}1${percent}` : `≈${nbsp}${rounded}${percent}`;
    },
    percentOf: (part, whole) => `${Math.round((part / whole) * 100)}${percent}`,
    share: (share) => `${percents(share)}${percent}`,
    shareRange: (low, high) => `${range(percents(low), percents(high))}${percent}`,
    points: (difference) => signed.format(Math.round(difference * 1000) / 10).replace("-", "−"),
    month: (isoDay) => spaced(month.format(at(isoDay)).replace(/\s?г\.$/, "")),
    moment: (at) => spaced(moment.format(at)),
    date: (at) => date.format(at),
    day: (isoDay) => day.format(at(isoDay)),
    dayRange: (from, to) => {
      const days = spaced(dayMonthYear.formatRange(at(from), at(to))).replace(/\s?г\.$/, "");
      // Figures alone stand close to their dash, words do not.
      return days.replaceAll("\u2009", nbsp).replace(/^(\d+)\s–\s/, "$1–");
    },
    dayInWords: (isoDay, today) =>
      isoDay.slice(0, 4) === today.slice(0, 4)
        ? spaced(dayMonth.format(at(isoDay)))
        : spaced(dayMonthYear.format(at(isoDay))),
  };
}

const byLocale: Record<Locale, Figures> = { ru: build("ru"), en: build("en") };

/** The figures of one language. */
export function figures(locale: Locale): Figures {
  return byLocale[locale];
}
