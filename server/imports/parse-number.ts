import { type Cell, foldWord, type Reading, saysNothing } from "./cell.ts";

/** What a number means, and so which words may stand after it. */
export type Quantity = "area" | "money" | "km" | "floor" | "year";

/** Possible values, both ends included; `above` is excluded. */
export interface NumberBounds {
  above?: number;
  min?: number;
  max: number;
  whole?: boolean;
}

const units: Record<Quantity, RegExp> = {
  area: /^(кв ?\.? ?м(етр(а|ов)?)?|м ?2|м²|м\^2|м кв|метр(а|ов)?|м|sq ?\.? ?m|sqm|m ?2|m²)?\.?$/,
  money: /^(?<scale>тыс\.?|т\.?|млн\.?)? ?(руб(лей|ля|ль)?\.?|р\.?|₽|rub)? ?((\/|в ) ?мес(яц)?)?\.?$/,
  km: /^(км|km)?\.?$/,
  floor: /^(-?й|этаж|эт)?\.?( этаж)?$/,
  year: /^(г|год|года)?\.?$/,
};

/** A number cell taken apart. One-sided wishes carry only one of `from` and `to`; a plain number is `value`. */
export type Amount = { value: number } | { from?: number; to?: number } | null | "unreadable";

const numeral = String.raw`[-+]?\d[\d .,']*`;
/** A unit begins with a letter or sign, so that it never takes a digit away from the number: "м2", "₽/мес", "-й". */
const unit = String.raw`(?<unit>(?:-?[^\d\s.,'–—-][^\d]*2?)?)`;
const shape = new RegExp(
  `^(?<from>от|с|from|>=?|≥)? ?(?<first>${numeral}?)(?: ?(?:-|–|—|до|to) ?(?<second>${numeral}?))? ?${unit}$`,
);
const upTo = new RegExp(`^(?:до|не более|to|<=?|≤) ?(?<to>${numeral}?) ?${unit}$`);
const about = /^(около|примерно|ок\.?|~|≈) ?/;

/**
 * Reads a Russian number with what people put around it. Rules, in order:
 * blank or a dash is nothing; "около", "~" are dropped; "от 50", "до 80", "50-80", "от 50 до 80" are bounds;
 * the unit must fit the quantity ("кв.м", "м2", "руб.", "₽/мес", "км"); "тыс" and "т.р." multiply by 1,000, "млн" by 1,000,000.
 * Anything else, exponents among it, is unreadable.
 */
export function parseAmount(text: string, quantity: Quantity): Amount {
  const folded = foldWord(text.replaceAll("\u2212", "-")).replace(about, "");
  if (saysNothing(folded)) return null;
  const upper = upTo.exec(folded)?.groups;
  if (upper) {
    const to = scaled(upper.to, upper.unit, quantity);
    return to === undefined ? "unreadable" : { to };
  }
  const groups = shape.exec(folded)?.groups;
  if (!groups) return "unreadable";
  const first = scaled(groups.first, groups.unit, quantity);
  if (first === undefined) return "unreadable";
  if (groups.second !== undefined) {
    const to = scaled(groups.second, groups.unit, quantity);
    return to === undefined ? "unreadable" : { from: first, to };
  }
  return groups.from === undefined ? { value: first } : { from: first };
}

/** A numeral and its unit; undefined where either is none. */
function scaled(numeral: string | undefined, unit: string | undefined, quantity: Quantity): number | undefined {
  const value = plainNumber(numeral ?? "");
  const match = units[quantity].exec((unit ?? "").trim());
  if (value === undefined || !match) return undefined;
  const scale = match.groups?.scale;
  return scale === undefined ? value : value * (scale.startsWith("млн") ? 1_000_000 : 1000);
}

/**
 * Digits with separators: a space or apostrophe wherever a thousand ends ("1 234 567", also "1 234567"); one comma or one dot is the decimal
 * sign ("1,234" is 1.234); where both occur, or one occurs repeatedly in groups of three, the other reading is impossible and
 * the separator of thousands is clear. At most 15 digits.
 */
export function plainNumber(text: string): number | undefined {
  const trimmed = text.trim();
  const sign = trimmed.startsWith("-") ? -1 : 1;
  const digits = trimmed.replace(/^[-+]/, "");
  if (digits.replace(/\D/g, "").length > 15) return undefined;
  if (/^\d+$/.test(digits)) return sign * Number(digits);
  if (/^(\d+|\d{1,3}([ ']?\d{3})+)([.,]\d+)?$/.test(digits))
    return sign * Number(digits.replace(/[ ']/g, "").replace(",", "."));
  if (/^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$/.test(digits))
    return sign * Number(digits.replaceAll(".", "").replace(",", "."));
  if (/^\d{1,3}(,\d{3})+\.\d+$|^\d{1,3}(,\d{3}){2,}$/.test(digits)) return sign * Number(digits.replaceAll(",", ""));
  return undefined;
}

/** Is the value possible? NaN and infinities never are. */
function checkBounds(value: number, { above, min, max, whole }: NumberBounds): "outOfRange" | "notWhole" | null {
  const low = above !== undefined ? value > above : min === undefined || value >= min;
  if (!low || !(value <= max)) return "outOfRange";
  return whole && !Number.isInteger(value) ? "notWhole" : null;
}

/** Reads a cell that holds one number; a bound ("от 50") counts as the number itself, a range does not. */
export function parseNumber(cell: Cell, quantity: Quantity, bounds: NumberBounds): Reading<number> {
  if (typeof cell === "boolean" || cell instanceof Date) return { refused: "notANumber" };
  if (typeof cell === "number") return bounded(cell, bounds);
  const amount = parseAmount(cell ?? "", quantity);
  if (amount === null) return { value: null };
  if (amount === "unreadable") return { refused: "notANumber" };
  if ("value" in amount) return bounded(amount.value, bounds);
  if (amount.from !== undefined && amount.to !== undefined) return { refused: "notANumber" };
  return bounded((amount.from ?? amount.to) as number, bounds);
}

function bounded(value: number, bounds: NumberBounds): Reading<number> {
  const refused = checkBounds(value, bounds);
  return refused ? { refused } : { value };
}
