import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import excel from "exceljs";
import { call, expect, test } from "./test.ts";

test("managers: sorted and found in the address, a page each, and files that say the same and run nothing", async ({
  page,
  login,
  look,
  complaints,
}) => {
  await login("owner");
  await page.goto("/admin/managers?period=all");
  await expect(page.getByRole("heading", { level: 1, name: "Менеджеры" })).toBeVisible();
  const table = page.getByRole("table");
  await page.getByRole("button", { name: "Лидов" }).click();
  await expect(page).toHaveURL(/by=leads&down=true/);
  const rows = table.getByRole("row");
  const leadsOf = async (row: number) =>
    Number((await rows.nth(row).getByRole("cell").first().innerText()).replace(/\D/g, ""));
  expect(await leadsOf(1)).toBeGreaterThanOrEqual(await leadsOf(2));
  const first = await rows.nth(1).getByRole("link").innerText();
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Лидов" })).toHaveAttribute("aria-sort", "descending");

  type Row = { managerId: string; name: string; leads: number; won: number };
  const { managers } = await call<{ managers: Row[] }>(page, "reports.managers", { period: "all" }, "query");
  const download = async (name: string) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
    return readFile((await file.path())!);
  };
  const csv: Record<string, string>[] = parse(await download("Скачать CSV"), {
    bom: true,
    delimiter: ";",
    columns: true,
  });
  expect(csv.map((row) => [row.Номер, row.Лидов])).toEqual(
    managers.map(({ managerId, leads }) => [managerId, String(leads)]),
  );
  const workbook = new excel.Workbook();
  await workbook.xlsx.load((await download("Скачать XLSX")) as never);
  const sheet = workbook.worksheets[0]!;
  expect(sheet.rowCount).toBe(managers.length + 1);
  expect(managers.map((_, i) => sheet.getRow(i + 2).getCell(2).value)).toEqual(managers.map(({ name }) => name));

  await page.getByRole("searchbox", { name: "Найти менеджера" }).fill(first.slice(0, 4));
  await expect(rows.nth(1).getByRole("link", { name: first })).toBeVisible();
  await page.getByRole("link", { name: first }).click();
  await expect(page).toHaveURL(/\/admin\/managers\/[^?]+\?period=all/);
  await expect(page.getByRole("heading", { level: 1, name: first })).toBeVisible();
  await expect(page.getByRole("region", { name: "По месяцам" }).locator(".recharts-surface")).toBeVisible();
  await expect(page.getByRole("region", { name: "Воронка по этапам" }).first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("searchbox", { name: "Найти менеджера" })).toHaveValue(first.slice(0, 4));
  await page.goto("/admin/managers/4711");
  await expect(page.getByRole("heading", { name: "Такой страницы нет" })).toBeVisible();

  // To a manager none of it exists, file and figures included.
  const [mine] = await look.sql<{ id: string }[]>`select manager_id as id from users where role = 'manager'`;
  await login("manager");
  const places = [
    "/admin/conversion",
    "/admin/conversion/experiment",
    "/admin/managers",
    `/admin/managers/${mine!.id}`,
  ];
  for (const path of places) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Такой страницы нет" })).toBeVisible();
  }
  expect((await page.request.get("/api/reports/managers?format=csv")).status()).toBe(403);
  for (const path of ["experiments.list", "reports.managers"])
    expect((await page.request.get(`/api/trpc/${path}?input=${encodeURIComponent('{"json":{}}')}`)).status()).toBe(403);
  expect(complaints.every((one) => one.includes("404"))).toBe(true);
  complaints.length = 0;
});

test.describe("on a tablet", () => {
  test.use({ viewport: { width: 768, height: 1024 } });

  test("the wide table says on which side it goes on, and whose row it is stays in sight", async ({ page, login }) => {
    await login("owner");
    await page.goto("/admin/managers?period=all");
    const table = page.getByRole("region", { name: "Работа за период: Таблицей" });
    const more = (side: "before" | "after") => expect(table.locator(`xpath=parent::*[@data-${side}]`));
    await more("after").toHaveCount(1);
    await more("before").toHaveCount(0);
    await table.evaluate((box) => box.scrollTo({ left: box.scrollWidth }));
    await more("after").toHaveCount(0);
    await more("before").toHaveCount(1);
    await expect(table.getByRole("columnheader", { name: "Заполнено" })).toBeInViewport();
    await expect(table.getByRole("row").nth(1).getByRole("link")).toBeInViewport({ ratio: 1 });
  });
});
