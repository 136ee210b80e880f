import { type Cell, cellText, foldWord, type Reading, saysNothing, squeeze } from "./cell.ts";
import { ID_LENGTH_MAX, LIST_ITEMS_MAX, TEXT_LENGTH_MAX } from "./limits.ts";

/** What a spreadsheet shows where a formula failed. */
const formulaErrors = new Set(
  "#N/A #REF! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #Н/Д #ССЫЛКА! #ЗНАЧ! #ДЕЛ/0! #ИМЯ? #ЧИСЛО! #ПУСТО!".split(" "),
);

/** Reads free text: blanks squeezed, accents composed, so that й from any machine is one letter. */
export function parseText(cell: Cell): Reading<string> {
  const text = tidy(cellText(cell));
  if (saysNothing(text)) return { value: null };
  if (text.length > TEXT_LENGTH_MAX) return { refused: "tooLong" };
  if (formulaErrors.has(text)) return { refused: "formulaError" };
  return isBroken(text) ? { refused: "brokenText" } : { value: text };
}

/** Reads a list split by commas; blanks and repetitions are dropped. An empty cell is an empty list. */
export function parseList(cell: Cell): Reading<string[]> {
  const text = tidy(cellText(cell));
  if (text === "") return { value: [] };
  if (isBroken(text)) return { refused: "brokenText" };
  const items = [...new Set(text.split(",").map((item) => item.trim()))].filter((item) => !saysNothing(item));
  if (items.length > LIST_ITEMS_MAX) return { refused: "tooMany" };
  return items.some((item) => item.length > TEXT_LENGTH_MAX) ? { refused: "tooLong" } : { value: items };
}

/**
 * Reads an id of the CRM or of accounting, kept as text with its leading zeros. Digits that a tool has written as a number
 * ("20 001", "20001.0") are joined again and counted as cleaned.
 */
export function parseId(cell: Cell): Reading<string> {
  if (cell instanceof Date || typeof cell === "boolean") return { refused: "notAnId" };
  if (typeof cell === "number") return Number.isSafeInteger(cell) ? { value: String(cell) } : { refused: "notAnId" };
  const text = tidy(cell ?? "");
  if (saysNothing(text)) return { value: null };
  if (/^\d{1,3}( \d{3})+$|^\d+[.,]0+$/.test(text))
    return { value: text.replace(/[.,]0+$/, "").replaceAll(" ", ""), repaired: "idCleaned" };
  if (text.length > ID_LENGTH_MAX) return { refused: "tooLong" };
  return isBroken(text) ? { refused: "notAnId" } : { value: text };
}

/** Builds the reader of an enumeration from its words. A word that is not listed is refused and so listed in the report. */
function wordsOf<T extends string | boolean>(meanings: ReadonlyMap<T, readonly string[]>): (cell: Cell) => Reading<T> {
  const byWord = new Map(
    [...meanings].flatMap(([value, words]) => words.map((word) => [foldWord(word), value] as const)),
  );
  return (cell) => {
    const word = foldWord(cellText(cell));
    const value = byWord.get(word);
    if (value !== undefined) return { value };
    return saysNothing(word) ? { value: null } : { refused: "unknownWord" };
  };
}

export const parseYesNo = wordsOf<boolean>(
  new Map([
    [true, ["да", "есть", "yes", "true", "1", "+"]],
    [false, ["нет", "no", "false", "0"]],
  ]),
);
export const parseBank = wordsOf<"left" | "right">(
  new Map([
    ["left", ["левый", "левый берег", "left"]],
    ["right", ["правый", "правый берег", "right"]],
  ]),
);
export const parseBankWish = wordsOf<"left" | "right" | "any">(
  new Map([
    ["left", ["левый", "левый берег", "left"]],
    ["right", ["правый", "правый берег", "right"]],
    ["any", ["любой", "любой берег", "оба", "не важно", "неважно", "any"]],
  ]),
);
export const parseFitOut = wordsOf<"shell" | "prefinished" | "finished">(
  new Map([
    ["shell", ["черновая", "shell"]],
    ["prefinished", ["под чистовую", "предчистовая", "prefinished"]],
    ["finished", ["с ремонтом", "finished"]],
  ]),
);
export const parseSewerage = wordsOf<"none" | "temporary" | "mains">(
  new Map([
    ["none", ["нет", "none", "no"]],
    ["temporary", ["времянка", "temporary"]],
    ["mains", ["канализация", "центральная", "mains"]],
  ]),
);
export const parsePremisesStatus = wordsOf<"let" | "free">(
  new Map([
    ["let", ["сдано", "сдан", "сдана", "let"]],
    ["free", ["сдаётся", "свободно", "free"]],
  ]),
);
export const parseNetworkSize = wordsOf<"one" | "few" | "many" | "chain">(
  new Map([
    ["one", ["1 точка", "одна точка", "1", "one"]],
    ["few", ["2-5 точек", "2–5 точек", "2-5", "few"]],
    ["many", ["6-20 точек", "6–20 точек", "6-20", "many"]],
    ["chain", ["более 20 точек", "больше 20 точек", ">20", "chain"]],
  ]),
);
export const parseDealStage = wordsOf<"won" | "lost" | "open">(
  new Map([
    ["won", ["сделка успешна", "успешна", "успешно", "won"]],
    ["lost", ["сделка провалена", "провалена", "проиграна", "lost"]],
    ["open", ["в работе", "новая", "новая сделка", "открыта", "open"]],
  ]),
);
export const parseLeaseStatus = wordsOf<"active" | "ended">(
  new Map([
    ["active", ["действует", "действующий", "active"]],
    ["ended", ["завершён", "расторгнут", "ended"]],
  ]),
);

function tidy(text: string): string {
  const squeezed = squeeze(text);
  // Composing costs; only text with a loose accent needs it.
  return /[\u0300-\u036f]/.test(squeezed) ? squeezed.normalize("NFC") : squeezed;
}

/** A replacement character is what a decoder leaves of a broken one; control characters stand in no name. */
function isBroken(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\ufffd\ud800-\udfff\x00-\x08\x0e-\x1f\x7f]/u.test(text);
}
