import type { Locale, Words } from "../wording.ts";

/** Why a file, a row or a value was not taken. Stored by its code; worded in the reader's language at the edge. */
const reasons = {
  // of a value
  notANumber: { ru: "не число", en: "not a number" },
  outOfRange: { ru: "число вне возможных границ", en: "a number out of possible bounds" },
  notWhole: { ru: "нужно целое число", en: "a whole number is needed" },
  notADate: { ru: "не дата: нужно дд.мм.гггг или гггг-мм-дд", en: "not a date: dd.mm.yyyy or yyyy-mm-dd is needed" },
  dateOutOfRange: { ru: "дата вне возможных границ", en: "a date out of possible bounds" },
  unknownWord: { ru: "неизвестное значение", en: "an unknown value" },
  tooLong: { ru: "слишком длинный текст", en: "the text is too long" },
  tooMany: { ru: "слишком много значений в списке", en: "too many values in the list" },
  brokenText: {
    ru: "символы не читаются: файл повреждён или в другой кодировке",
    en: "broken characters: damaged file or another encoding",
  },
  notAnId: { ru: "не похоже на номер или код", en: "does not look like an id" },
  boundsDisagree: {
    ru: "границы «от» и «до» противоречат друг другу",
    en: "the bounds from and to contradict each other",
  },
  formulaError: { ru: "ошибка формулы в ячейке", en: "the cell holds a formula's error" },
  // of a row
  missing: { ru: "обязательное поле пусто", en: "a required field is empty" },
  nulByte: { ru: "в строке есть нулевой байт", en: "the row holds a NUL byte" },
  cellCount: {
    ru: "число полей не равно числу столбцов в заголовке",
    en: "the number of fields is not that of the header",
  },
  // of a file
  unreadableFile: { ru: "Файл не открывается.", en: "The file cannot be opened." },
  emptyFile: { ru: "Файл пуст.", en: "The file is empty." },
  fileTooBig: { ru: "Файл больше 2 ГБ: разделите его на части.", en: "The file is larger than 2 GB: split it." },
  binaryFile: {
    ru: "Это не таблица, а двоичный файл: выгрузите данные в CSV или XLSX.",
    en: "This is a binary file and no table: export the data as CSV or XLSX.",
  },
  oldExcel: {
    ru: "Старый формат Excel (.xls): сохраните файл как .xlsx или CSV.",
    en: "The old Excel format (.xls): save the file as .xlsx or CSV.",
  },
  brokenArchive: {
    ru: "Файл XLSX повреждён или это не книга Excel: сохраните его заново.",
    en: "The XLSX file is damaged or no workbook: save it again.",
  },
  archiveTooBig: {
    ru: "Книга XLSX распаковывается в слишком большой объём или содержит слишком много частей: выгрузите данные в CSV.",
    en: "The XLSX workbook unpacks to too much or holds too many parts: export the data as CSV.",
  },
  noTable: {
    ru: "Таблица не опознана по заголовку. Нужны столбцы одной из выгрузок: сотрудники, районы, помещения, свободные периоды, лиды, сделки, договоры.",
    en: "No table was recognised by its header. Needed are the columns of one export: managers, districts, premises, vacancies, leads, deals, leases.",
  },
  ambiguousHeader: {
    ru: "Два столбца заголовка значат одно и то же: оставьте один из них.",
    en: "Two columns of the header mean the same: keep one of them.",
  },
  columnsMissing: {
    ru: "Столбцам файла не хватает обязательных: сопоставьте их на странице загрузок.",
    en: "Columns that are needed have nothing laid into them: lay them on the page of imports.",
  },
  tooManyColumns: { ru: "В заголовке больше 500 столбцов.", en: "The header has more than 500 columns." },
  lineTooLong: {
    ru: "Строка длиннее 1 МБ: возможно, не закрыта кавычка.",
    en: "A line is longer than 1 MB: perhaps a quote was not closed.",
  },
  quoteNotClosed: {
    ru: "Кавычка открыта и не закрыта до конца файла.",
    en: "A quote was opened and not closed before the end of the file.",
  },
} as const satisfies Record<string, Words>;

export type RefusalReason = keyof typeof reasons;

/** Of one file so many refusals are kept with their place and value; the rest is only counted. */
export const REFUSALS_KEPT_MAX = 10_000;

export interface Refusal {
  severity: "file" | "row" | "value";
  /** From 1, the header's line included; 0 for the whole file. */
  line: number;
  column: string | null;
  value: string | null;
  reason: RefusalReason;
}

/** The reason in words. A code that this build does not know is shown as it is. */
export function wordRefusal(reason: string, locale: Locale): string {
  return Object.hasOwn(reasons, reason) ? reasons[reason as RefusalReason][locale] : reason;
}

/** The reason in both languages. */
export function wordsOfRefusal(reason: RefusalReason): Words {
  return reasons[reason];
}

/** Why a whole file was refused, with what stood there where that helps to find it. */
export function wordFileRefusal({ reason, value }: { reason: string; value: string | null }, locale: Locale): string {
  return wordRefusal(reason, locale) + (value === null ? "" : ` [${value}]`);
}

/** Stops the reading of a file: the whole of it is refused. */
export class FileRefused extends Error {
  readonly reason: RefusalReason;
  /** Line where it was noticed; 0: none. */
  readonly line: number;
  /** What stood there, where that helps to find it. */
  readonly value: string | null;

  constructor(reason: RefusalReason, more: { line?: number; value?: string; cause?: unknown } = {}) {
    super(reasons[reason].en, { cause: more.cause });
    this.name = "FileRefused";
    this.reason = reason;
    this.line = more.line ?? 0;
    // Postgres keeps no NUL, neither in text nor in JSON, and a binary file is full of them.
    this.value = more.value?.replaceAll("\0", "\uFFFD") ?? null;
  }
}
