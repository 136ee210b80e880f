import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { inert } from "../imports/inert-cell.ts";
import { authorize } from "../permissions.ts";
import type { Share } from "../share.ts";
import type { Words } from "../wording.ts";
import { type ManagerFigures, managerFigures } from "./manager-figures.ts";
import { reportScopeInput, spanOf } from "./report-scope.ts";

export const exportManagersInput = z.strictObject({ format: z.enum(["csv", "xlsx"]), scope: reportScopeInput });

type Cell = string | number | null;

interface Column {
  head: Words;
  cell: (row: ManagerFigures, words: "ru" | "en") => Cell;
  /** How a spreadsheet shows the number. */
  format?: "0.0%" | "0.0";
}

const gone: Words = { ru: "уволен", en: "dismissed" };

const whole = (ru: string, en: string, of: (row: ManagerFigures) => number): Column => ({ head: { ru, en }, cell: of });

/** A share is four columns: what was counted, of what, and the ends of its interval; the reader divides as he likes. */
const shareColumns = (ru: string, en: string, of: (row: ManagerFigures) => Share): Column[] => [
  { head: { ru: `${ru}: сколько`, en: `${en}: count` }, cell: (row) => of(row).hits },
  { head: { ru: `${ru}: из скольких`, en: `${en}: of` }, cell: (row) => of(row).of },
  { head: { ru: `${ru}: доля`, en: `${en}: share` }, cell: (row) => of(row).share, format: "0.0%" },
  { head: { ru: `${ru}: от (95 %)`, en: `${en}: from (95 %)` }, cell: (row) => of(row).low, format: "0.0%" },
  { head: { ru: `${ru}: до (95 %)`, en: `${en}: to (95 %)` }, cell: (row) => of(row).high, format: "0.0%" },
];

const columns: Column[] = [
  { head: { ru: "Номер", en: "Id" }, cell: (row) => row.managerId },
  { head: { ru: "Менеджер", en: "Manager" }, cell: (row) => row.name },
  { head: { ru: "Состояние", en: "State" }, cell: (row, locale) => (row.isGone ? gone[locale] : "") },
  whole("Лидов", "Leads", (row) => row.leads),
  ...shareColumns("Подбор открыт", "Board opened", (row) => row.opened),
  whole("Отметок «зря убрано»", "Marks “wrongly removed”", (row) => row.wronglyRemoved),
  whole("Отметок «зря оставлено»", "Marks “wrongly kept”", (row) => row.wronglyKept),
  ...shareColumns("Согласие с моделью", "Agreement with the model", (row) => row.agreed),
  ...shareColumns("Из верха подбора", "From the top of the board", (row) => row.fromTop),
  whole("Предложений", "Offers", (row) => row.offers),
  ...shareColumns("Лидам предложено", "Leads with an offer", (row) => row.offered),
  whole("Сделок", "Deals", (row) => row.deals),
  whole("Успешных сделок", "Deals won", (row) => row.won),
  ...shareColumns("Лид → арендатор", "Lead → tenant", (row) => row.converted),
  {
    head: { ru: "Дней до первого предложения, медиана", en: "Days to the first offer, median" },
    cell: (row) => row.firstOffer.medianDays,
    format: "0.0",
  },
  whole("Лидов с предложением", "Leads with an offer, n", (row) => row.firstOffer.n),
  ...shareColumns("Заполнено пожеланий", "Wishes filled", (row) => row.filled),
];

/**
 * The managers' figures as a file. In CSV every text that a spreadsheet would run is made inert, and a decimal sign is the one of
 * the reader's language, so that no share becomes a date; in XLSX text is typed as text and is never a formula.
 */
export async function exportManagers(
  ctx: Ctx,
  { format, scope }: z.output<typeof exportManagersInput>,
): Promise<{ name: string; bytes: Uint8Array | string; type: string }> {
  authorize(ctx, "report:read");
  const { managers } = await managerFigures(ctx, scope);
  const { fromOn, toOn } = spanOf(ctx, scope);
  const name = `managers-${scope.period === "all" && !scope.from ? dateInNovosibirsk(ctx.now()) : `${fromOn}-${toOn}`}.${format}`;
  const heads = columns.map(({ head }) => head[ctx.locale]);
  const rows = managers.map((row) => columns.map(({ cell }) => cell(row, ctx.locale)));
  if (format === "csv") return { name, bytes: asCsv(ctx.locale, heads, rows), type: "text/csv; charset=utf-8" };
  return {
    name,
    bytes: await asWorkbook(heads, rows),
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}

function asCsv(locale: Ctx["locale"], heads: string[], rows: Cell[][]): string {
  const cell = (value: Cell) => {
    if (typeof value === "string") return inert(value);
    if (value === null || Number.isInteger(value)) return value ?? "";
    const text = value.toFixed(4);
    return locale === "ru" ? text.replace(".", ",") : text;
  };
  return stringify([heads, ...rows.map((row) => row.map(cell))], {
    bom: true,
    delimiter: ";",
    record_delimiter: "\r\n",
  });
}

async function asWorkbook(heads: string[], rows: Cell[][]): Promise<Uint8Array> {
  // Fetched when the first file is asked for: a second of loading that no other request should pay.
  const { default: excel } = await import("exceljs");
  const workbook = new excel.Workbook();
  const sheet = workbook.addWorksheet("Ostap", { views: [{ state: "frozen", ySplit: 1, xSplit: 2 }] });
  sheet.columns = columns.map(({ format }, i) => ({
    header: heads[i]!,
    width: i === 1 ? 28 : 14,
    style: format ? { numFmt: format } : {},
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).alignment = { wrapText: true, vertical: "top" };
  sheet.addRows(rows);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
