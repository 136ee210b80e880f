import type { BankWish } from "../facts.ts";
import { firstDealId, firstLeadId, firstLeaseId } from "./market-ids.ts";
import { districts } from "./market-nouns.ts";
import { soilOf } from "./planted-faults.ts";
import { Random } from "./random.ts";
import { refusals } from "./simulate-market.ts";
import { type SyntheticMarket, tenantOf } from "./synthetic-market.ts";

export interface ExportFile {
  name: string;
  /** Text of about 64 KB each, to be written as UTF-8 one after the other; may be walked again. */
  chunks: Iterable<string>;
}

type Row = readonly (string | number)[];

const bankWords: Readonly<Record<BankWish, string>> = { left: "левый", right: "правый", any: "любой" };
const networkWords = ["1 точка", "2-5 точек", "6-20 точек", "более 20 точек"] as const;
const fitOutWords = ["черновая", "под чистовую", "с ремонтом"] as const;
const sewerageWords = ["нет", "времянка", "канализация"] as const;

/**
 * The market as its CRM and accounting would export it: UTF-8 with BOM, `;`, CRLF, decimal comma, dd.mm.yyyy. Nothing
 * is held in memory but the row that is written.
 */
export function exportFiles(market: SyntheticMarket): ExportFile[] {
  return [
    file("managers.csv", "ID;Сотрудник;Дата приёма;Дата увольнения", () => managerRows(market)),
    file("districts.csv", "Район;Берег;X, км;Y, км", districtRows),
    file(
      "premises.csv",
      "ID;Название;Адрес;Район;Берег;Раздел;Площадь, м2;Цена за всё помещение, руб/мес;Цена за м2;Этаж;Стадия готовности;Год ввода;В управлении;Вода;Канализация;Документы;Статус",
      () => premisesRows(market),
    ),
    file("vacancies.csv", "ID помещения;Свободно с;Свободно по;Цена за всё помещение, руб/мес", () =>
      vacancyRows(market),
    ),
    file(
      "leads.csv",
      "ID;Дата создания;Источник;Ответственный;Бренд;Чем занимается;Размах компании;Площадь от;Площадь до;Цена за всю площадь-максимум, руб.;Какой берег интересует?;Какой район интересует?",
      () => leadRows(market),
    ),
    file("deals.csv", "ID;Лид;Товар;Ответственный;Дата создания;Дата закрытия;Стадия;Сумма;Причина отказа", () =>
      dealRows(market),
    ),
    file(
      "leases.csv",
      "Договор;Арендатор;Лид;Помещение;Дата начала;Дата окончания;Арендная плата, руб/мес;Статус",
      () => leaseRows(market),
    ),
  ];
}

function file(name: string, header: string, rows: () => Iterable<Row>): ExportFile {
  return { name, chunks: { [Symbol.iterator]: () => writeRows(header, rows()) } };
}

function* writeRows(header: string, rows: Iterable<Row>): Generator<string> {
  let chunk = `\uFEFF${header}\r\n`;
  for (const row of rows) {
    chunk += `${row.join(";")}\r\n`;
    if (chunk.length > 65_536) {
      yield chunk;
      chunk = "";
    }
  }
  yield chunk;
}

function* managerRows({ managers, today }: SyntheticMarket): Iterable<Row> {
  for (const { id, name, hiredDay, dismissedDay } of managers)
    yield [id, name, writeDay(hiredDay), dismissedDay <= today ? writeDay(dismissedDay) : ""];
}

function* districtRows(): Iterable<Row> {
  for (const { name, bank, xKm, yKm } of districts) yield [name, bankWords[bank], writeNumber(xKm), writeNumber(yKm)];
}

function* premisesRows({ seed, stock, ledger }: SyntheticMarket): Iterable<Row> {
  const free = new Set<number>();
  for (let i = 0; i < ledger.vacancies.length; i++)
    if (ledger.vacancies.get(i, "toDay") === Number.POSITIVE_INFINITY) free.add(ledger.vacancies.get(i, "premises"));
  for (const item of stock.items) {
    const random = new Random(seed, 8, item.index);
    const { unknown } = item;
    const rent = ledger.askingRent[item.index]!;
    yield [
      ...[item.id, item.name, item.address],
      ...[unknown.district ? "" : item.district.name, unknown.bank ? "" : bankWords[item.district.bank]],
      ...[`Раздел ${item.section + 1}`, writeNumber(item.areaSqm)],
      ...[
        spaced(rent, random.chance(0.13) ? "\u00a0" : ""),
        spaced(Math.round((10 * rent) / item.areaSqm) / 10, "\u00a0"),
      ],
      ...[unknown.floor ? "" : item.floor, unknown.fitOut ? "" : fitOutWords[item.fitOut]],
      ...[unknown.builtYear ? "" : item.builtYear, yesNo(item.managed)],
      ...[unknown.water ? "" : yesNo(item.water), unknown.sewerage ? "" : sewerageWords[item.sewerage]],
      ...[unknown.documents ? "" : yesNo(item.documents), free.has(item.index) ? "сдаётся" : "сдано"],
    ];
  }
}

function* vacancyRows({ stock, ledger }: SyntheticMarket): Iterable<Row> {
  for (let i = 0; i < ledger.vacancies.length; i++) {
    const { premises, fromDay, toDay, rent } = ledger.vacancies.row(i);
    yield [stock.items[premises]!.id, writeDay(fromDay), writeDay(toDay), rent];
  }
}

function* leadRows(market: SyntheticMarket): Iterable<Row> {
  const { seed, ledger, managers, broken } = market;
  for (let lead = 0; lead < ledger.leadDay.length; lead++) {
    const card = market.card(lead);
    const soil = soilOf(seed, lead);
    const swapped = soil.swapAreas && card.areaFromSqm < card.areaToSqm;
    const [from, to] = swapped ? [card.areaToSqm, card.areaFromSqm] : [card.areaFromSqm, card.areaToSqm];
    const trades = soil.repeatTrade ? [...card.trades, ...card.trades.slice(0, 1)] : card.trades;
    yield [
      ...[firstLeadId + lead, broken.leadsWithoutDay.has(lead) ? "31.02.2021" : writeDay(ledger.leadDay[lead]!)],
      ...[card.source, managers[ledger.leadManager[lead]!]!.name, card.brand ?? "", trades.join(", ")],
      card.networkSize === null ? "" : networkWords[card.networkSize],
      Number.isNaN(from) ? "" : `${soil.areaWords ? "от " : ""}${from}`,
      Number.isNaN(to) ? "" : `${to}${soil.areaUnits ? " кв.м" : ""}`,
      Number.isNaN(card.budgetRubMonth) ? "" : spaced(card.budgetRubMonth, soil.budgetSpace),
      ...[card.bank === null ? "" : bankWords[card.bank], card.districts.join(", ")],
    ];
  }
}

/** Ids that name nothing stand far above those that exist. */
const unknownOffset = 9_000_000;

function* dealRows({ stock, ledger, managers, broken }: SyntheticMarket): Iterable<Row> {
  for (let i = 0; i < ledger.deals.length; i++) {
    const { lead, premises, manager, createdDay, closedDay, won, sum, refusal } = ledger.deals.row(i);
    const premisesId = stock.items[premises]!.id + (broken.dealsOfUnknownPremises.has(i) ? unknownOffset : 0);
    yield [
      ...[firstDealId + i, firstLeadId + lead + (broken.dealsOfUnknownLead.has(i) ? unknownOffset : 0)],
      ...[broken.dealsWithoutPremises.has(i) ? "" : premisesId, managers[manager]!.name],
      ...[writeDay(createdDay), writeDay(closedDay), won ? "Сделка успешна" : "Сделка провалена", sum],
      refusal < 0 ? "" : refusals[refusal]!,
    ];
  }
}

function* leaseRows(market: SyntheticMarket): Iterable<Row> {
  const { stock, ledger, today, broken } = market;
  for (let i = 0; i < ledger.leases.length; i++) {
    const { premises, lead, leadKnown, startDay, endDay, rent } = ledger.leases.row(i);
    if (lead < 0) continue;
    const premisesId = stock.items[premises]!.id + (broken.leasesOfUnknownPremises.has(i) ? unknownOffset : 0);
    yield [
      ...[firstLeaseId + i, tenantOf(market, lead), leadKnown ? firstLeadId + lead : "", premisesId],
      ...[writeDay(startDay), writeDay(endDay), rent, endDay > today ? "действует" : "завершён"],
    ];
  }
}

function yesNo(value: boolean): string {
  return value ? "да" : "нет";
}

/** dd.mm.yyyy; empty for a day that has not come. */
function writeDay(day: number): string {
  if (day === Number.POSITIVE_INFINITY) return "";
  const [year, month, date] = new Date(day * 86_400_000).toISOString().slice(0, 10).split("-");
  return `${date}.${month}.${year}`;
}

function writeNumber(value: number): string {
  return String(value).replace(".", ",");
}

function spaced(value: number, space: string): string {
  return writeNumber(value).replace(/\B(?=(\d{3})+(?!\d))/, space);
}
