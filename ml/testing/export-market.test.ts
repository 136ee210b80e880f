import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { exportFiles } from "./export-market.ts";
import { makeMarket } from "./synthetic-market.ts";

const market = makeMarket({ seed: 5, leads: 6000, premises: 150, managers: 10 });
const files = new Map(exportFiles(market).map(({ name, chunks }) => [name, [...chunks].join("")]));

function rows(name: string): Record<string, string>[] {
  return parse(files.get(name)!, { bom: true, columns: true, delimiter: ";", record_delimiter: "\r\n" });
}

const day = (text: string) => {
  const [date, month, year] = text.split(".").map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, date) / 86_400_000;
};
const number = (text: string) => Number(text.replace(/^от |[\s\u00a0]|кв\.м$/g, "").replace(",", "."));

describe("exportFiles", () => {
  it("writes the seven tables, a byte-order mark before each", () => {
    const names = ["managers", "districts", "premises", "vacancies", "leads", "deals", "leases"];
    expect([...files.keys()]).toEqual(names.map((name) => `${name}.csv`));
    for (const text of files.values()) {
      expect(text.startsWith("\uFEFF")).toBe(true);
      expect(text.endsWith("\r\n")).toBe(true);
      expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n"]/);
    }
  });

  it("may be walked again with the same end, in pieces of bounded size", () => {
    for (const { name, chunks } of exportFiles(market)) {
      const pieces = [...chunks];
      expect(pieces.join("")).toBe(files.get(name));
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
    }
  });

  it("reads back as the facts of the history", () => {
    const history = market.history();
    const unknown = 9_000_000;
    const deals = rows("deals.csv").filter(
      (deal) => deal.Товар && Number(deal.Товар) < unknown && Number(deal.Лид) < unknown,
    );
    expect(deals.map((deal) => [deal.ID, deal.Лид, deal.Товар, day(deal["Дата создания"]!)])).toEqual(
      history.offers.map(({ offerId, leadId, premisesId, offeredDay }) => [offerId, leadId, premisesId, offeredDay]),
    );
    expect(
      rows("vacancies.csv").map((row) => [row["ID помещения"], day(row["Свободно с"]!), row["Свободно по"] === ""]),
    ).toEqual(
      history.vacancies.map(({ premisesId, fromDay, toDay }) => [
        premisesId,
        fromDay,
        toDay === Number.POSITIVE_INFINITY,
      ]),
    );
    const leases = rows("leases.csv").filter((lease) => Number(lease.Помещение) < unknown);
    expect(leases.map((lease) => [lease.Договор, lease.Лид || null, lease.Арендатор])).toEqual(
      history.leases.map(({ leaseId, leadId, tenant }) => [leaseId, leadId, tenant]),
    );
    expect(rows("premises.csv").map((row) => [row.ID, number(row["Площадь, м2"]!)])).toEqual(
      history.premises.map(({ premisesId, areaSqm }) => [premisesId, areaSqm]),
    );
    const leads = new Map(rows("leads.csv").map((lead) => [lead.ID, lead]));
    for (const { leadId, areaFromSqm, areaToSqm, budgetRubMonth, trades } of history.leads) {
      const row = leads.get(leadId!)!;
      const areas = [row["Площадь от"]!, row["Площадь до"]!].filter(Boolean).map(number);
      expect(areas.sort((a, b) => a - b)).toEqual([areaFromSqm, areaToSqm].filter((area) => !Number.isNaN(area)));
      const budget = row["Цена за всю площадь-максимум, руб."]!;
      expect(budget === "" ? Number.NaN : number(budget)).toEqual(budgetRubMonth);
      expect([...new Set(row["Чем занимается"]!.split(", ").filter(Boolean))]).toEqual(trades);
    }
  });

  it("holds every planted fault as often as it says", () => {
    const leads = rows("leads.csv");
    const { faults } = market;
    const swapped = ({ "Площадь от": from, "Площадь до": to }: Record<string, string>) =>
      from !== "" && to !== "" && number(from!) > number(to!);
    const found = {
      dealsWithoutPremises: rows("deals.csv").filter(({ Товар }) => Товар === "").length,
      leasesWithoutLead: rows("leases.csv").filter(({ Лид }) => Лид === "").length,
      leadsWithoutDay: leads.filter((lead) => lead["Дата создания"] === "31.02.2021").length,
      swappedAreas: leads.filter(swapped).length,
      areasWithUnits: leads.filter((lead) => lead["Площадь до"]!.endsWith("кв.м")).length,
      areasWithWords: leads.filter((lead) => lead["Площадь от"]!.startsWith("от ")).length,
      spacedBudgets: leads.filter((lead) => /[\s\u00a0]/.test(lead["Цена за всю площадь-максимум, руб."]!)).length,
    };
    expect(faults).toMatchObject(found);
    for (const [name, count] of Object.entries(faults))
      if (!/Unknown|WithoutDay/.test(name)) expect(count, name).toBeGreaterThan(0);
  });
});
