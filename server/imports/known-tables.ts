import type { Cell, Reading } from "./cell.ts";
import { type DateBounds, eventDates, parseDate, plannedDates } from "./parse-date.ts";
import { type NumberBounds, parseNumber, type Quantity } from "./parse-number.ts";
import {
  parseBank,
  parseBankWish,
  parseDealStage,
  parseFitOut,
  parseId,
  parseLeaseStatus,
  parseList,
  parseNetworkSize,
  parsePremisesStatus,
  parseSewerage,
  parseText,
  parseYesNo,
} from "./parse-words.ts";
import type { Column, ImportTable, Row, RowNotes, Value } from "./table.ts";

// The bounds of the database's own checks: what passes here passes there.
const areaSqm: NumberBounds = { above: 0, max: 999_999 };
const rentRub: NumberBounds = { above: 0, max: 999_999_999 };
const amountRub: NumberBounds = { min: 0, max: 9_999_999_999 };
const placeKm: NumberBounds = { min: -1000, max: 1000 };
const floor: NumberBounds = { min: -5, max: 100, whole: true };
const builtYear: NumberBounds = { min: 1800, max: 2100, whole: true };

const number = (quantity: Quantity, bounds: NumberBounds) => (cell: Cell) => parseNumber(cell, quantity, bounds);
const day = (bounds: DateBounds) => (cell: Cell) => parseDate(cell, bounds);

function column(
  name: string,
  sqlType: string,
  read: (cell: Cell) => Reading<Value>,
  headers: string[],
  more: Partial<Column> = {},
): Column {
  return { name, sqlType, read, headers, ...more };
}
const required = { required: true } as const;
const strict = { strict: true } as const;
const id = (headers: string[], name = "id", more: Partial<Column> = required) =>
  column(name, "text", parseId, headers, more);
const text = (name: string, headers: string[], more: Partial<Column> = {}) =>
  column(name, "text", parseText, headers, more);

/** The seven exports. Dates are bounded by `today`, 'YYYY-MM-DD'. */
export function knownTables(today: string): ImportTable[] {
  const event = day(eventDates(today));
  const planned = day(plannedDates(today));
  const rentHeaders = [
    "Цена за всё помещение, руб/мес",
    "Цена за помещение",
    "Ставка",
    "Ставка, руб/мес",
    "Rent",
    "Rent, RUB/month",
  ];
  return [
    {
      name: "managers",
      key: ["id"],
      signature: ["id", "name"],
      columns: [
        id(["ID", "ID сотрудника", "Manager ID"]),
        text("name", ["Сотрудник", "ФИО", "Менеджер", "Employee", "Manager"], required),
        column("hired_on", "date", event, ["Дата приёма", "Принят", "Hired", "Hired on"]),
        column("dismissed_on", "date", planned, ["Дата увольнения", "Уволен", "Dismissed", "Dismissed on"], strict),
      ],
    },
    {
      name: "districts",
      key: ["name"],
      signature: ["name"],
      signatureAny: ["bank", "x_km", "y_km"],
      columns: [
        text("name", ["Район", "District"], required),
        column("bank", "bank", parseBank, ["Берег", "Bank"]),
        column("x_km", "double precision", number("km", placeKm), ["X, км", "X", "X, km"]),
        column("y_km", "double precision", number("km", placeKm), ["Y, км", "Y", "Y, km"]),
      ],
    },
    {
      name: "premises",
      key: ["id"],
      signature: ["id"],
      signatureAny: ["area_sqm", "rent_rub_month", "section", "fit_out"],
      columns: [
        id(["ID", "ID помещения", "Premises ID"]),
        text("name", ["Название", "Помещение", "Name"]),
        text("address", ["Адрес", "Address"]),
        text("district", ["Район", "District"]),
        column("bank", "bank", parseBank, ["Берег", "Bank"]),
        text("section", ["Раздел", "Section"]),
        column("area_sqm", "double precision", number("area", areaSqm), [
          "Площадь, м2",
          "Площадь",
          "Площадь, кв.м",
          "Area",
          "Area, sqm",
        ]),
        column("rent_rub_month", "double precision", number("money", rentRub), rentHeaders),
        column("floor", "smallint", number("floor", floor), ["Этаж", "Floor"]),
        column("fit_out", "fit_out", parseFitOut, ["Стадия готовности", "Готовность", "Fit-out"]),
        column("built_year", "smallint", number("year", builtYear), [
          "Год ввода",
          "Год постройки",
          "Built",
          "Year built",
        ]),
        column("managed", "boolean", parseYesNo, ["В управлении", "Managed"]),
        column("water", "boolean", parseYesNo, ["Вода", "Water"]),
        column("sewerage", "sewerage", parseSewerage, ["Канализация", "Sewerage"]),
        column("documents", "boolean", parseYesNo, ["Документы", "Documents"]),
        column("status", "premises_status", parsePremisesStatus, ["Статус", "Status"]),
      ],
      finish(row, notes) {
        if (row.name !== null) return;
        row.name = row.id;
        notes.repaired("nameFromId");
      },
    },
    {
      name: "vacancies",
      key: ["premises_id", "from_on"],
      signature: ["premises_id", "from_on", "to_on"],
      columns: [
        id(["ID помещения", "Помещение", "Premises ID", "Premises"], "premises_id"),
        column("from_on", "date", planned, ["Свободно с", "Свободно от", "Free from"], required),
        column("to_on", "date", planned, ["Свободно по", "Свободно до", "Free to", "Free until"], strict),
        column("rent_rub_month", "double precision", number("money", rentRub), rentHeaders),
      ],
      finish: (row, notes) => swapIfReversed(row, "from_on", "to_on", notes),
    },
    {
      name: "leads",
      key: ["id"],
      signature: ["id", "created_on"],
      signatureAny: [
        "trades",
        "area_from_sqm",
        "area_to_sqm",
        "budget_rub_month",
        "network_size",
        "bank",
        "districts",
        "brand",
      ],
      columns: [
        id(["ID", "ID лида", "Lead ID"]),
        column("created_on", "date", event, ["Дата создания", "Создан", "Created", "Created on"], required),
        text("source", ["Источник", "Source"]),
        text("manager_name", ["Ответственный", "Менеджер", "Responsible", "Manager"]),
        text("brand", ["Бренд", "Brand"]),
        text("phone", ["Телефон", "Phone"]),
        column("trades", "text[]", parseList, ["Чем занимается", "Вид деятельности", "Trades", "Trade"]),
        column("network_size", "network_size", parseNetworkSize, ["Размах компании", "Размер сети", "Network size"]),
        column(
          "area_from_sqm",
          "double precision",
          number("area", areaSqm),
          ["Площадь от", "Площадь от, м2", "Area from", "Area from, sqm"],
          {
            bound: { side: "from", other: "area_to_sqm" },
          },
        ),
        column(
          "area_to_sqm",
          "double precision",
          number("area", areaSqm),
          ["Площадь до", "Площадь до, м2", "Area to", "Area to, sqm"],
          {
            bound: { side: "to", other: "area_from_sqm" },
          },
        ),
        column("budget_rub_month", "double precision", number("money", rentRub), [
          "Цена за всю площадь-максимум, руб.",
          "Бюджет",
          "Бюджет, руб/мес",
          "Budget",
          "Budget, RUB/month",
        ]),
        column("bank", "bank_wish", parseBankWish, ["Какой берег интересует?", "Берег", "Bank"]),
        column("districts", "text[]", parseList, [
          "Какой район интересует?",
          "Районы",
          "Район",
          "Districts",
          "District",
        ]),
      ],
      finish: (row, notes) => swapIfReversed(row, "area_from_sqm", "area_to_sqm", notes),
    },
    {
      name: "deals",
      key: ["id"],
      signature: ["id", "lead_id", "premises_id", "created_on", "stage"],
      columns: [
        id(["ID", "ID сделки", "Deal ID"]),
        id(["Лид", "ID лида", "Lead", "Lead ID"], "lead_id", {}),
        id(["Товар", "Помещение", "ID помещения", "Product", "Premises", "Premises ID"], "premises_id", {}),
        text("manager_name", ["Ответственный", "Менеджер", "Responsible", "Manager"]),
        column("created_on", "date", event, ["Дата создания", "Создана", "Created", "Created on"], required),
        column("closed_on", "date", event, ["Дата закрытия", "Закрыта", "Closed", "Closed on"]),
        column("stage", "deal_stage", parseDealStage, ["Стадия", "Stage"], required),
        column("amount_rub", "double precision", number("money", amountRub), ["Сумма", "Amount", "Amount, RUB"]),
        text("refusal_reason", ["Причина отказа", "Refusal reason"]),
      ],
    },
    {
      name: "leases",
      key: ["id"],
      signature: ["id", "premises_id", "start_on", "end_on"],
      columns: [
        id(["Договор", "Номер договора", "ID договора", "ID", "Contract", "Lease", "Lease ID"]),
        text("tenant", ["Арендатор", "Tenant"]),
        id(["Лид", "ID лида", "Lead", "Lead ID"], "lead_id", {}),
        id(["Помещение", "ID помещения", "Premises", "Premises ID"], "premises_id"),
        column("start_on", "date", planned, ["Дата начала", "Начало", "Start", "Start on", "Start date"], required),
        column("end_on", "date", planned, ["Дата окончания", "Окончание", "End", "End on", "End date"], strict),
        column("rent_rub_month", "double precision", number("money", rentRub), [
          "Арендная плата, руб/мес",
          "Арендная плата",
          "Rent",
          "Rent, RUB/month",
        ]),
        column("status", "lease_status", parseLeaseStatus, ["Статус", "Status"]),
      ],
      finish: (row, notes) => swapIfReversed(row, "start_on", "end_on", notes),
    },
  ];
}

/** From and to in the wrong order are the same span the other way round. */
function swapIfReversed(row: Row, from: string, to: string, notes: RowNotes): void {
  const [low, high] = [row[from], row[to]];
  if (low === null || low === undefined || high === null || high === undefined || low <= high) return;
  row[from] = high;
  row[to] = low;
  notes.repaired("fromToSwapped");
}
