import { expect, sendImport, test, windows1251 } from "./test.ts";

test.describe.configure({ timeout: 180_000 });

const header = "ID;Дата создания;Ответственный;Бренд;Площадь от;Площадь до;Какой берег интересует?";
/** Long ago, so that no other story meets them. */
const leads = (prefix: string) => [
  header,
  `${prefix}1;05.01.2019;;Ёлка и дети;40;80;правый`,
  `${prefix}2;31.02.2019;;Сова;60;;`,
  `${prefix}3;07.01.2019;;Лев;много;90;левый`,
];
const csv = (name: string, lines: string[]) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(`${lines.join("\r\n")}\r\n`),
});

test("files with faults: the encoding is switched, columns are laid, a check shows the change, what was refused is mended in place", async ({
  page,
  login,
  look,
}) => {
  const prefix = `e2e-${Date.now()}-`;
  await login("admin");
  await page.goto("/admin/conversion");
  await page.getByRole("link", { name: "Загрузки" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Загрузки" })).toBeVisible();
  for (const left of await page.getByRole("button", { name: /^Убрать / }).all()) await left.click();
  await expect(page.getByRole("button", { name: /^Убрать / })).toHaveCount(0);

  // Windows-1251 with faults, and a header that nobody knows.
  const [first, second] = [`${prefix}старые.csv`, `${prefix}чужие.csv`];
  const strange = [`Код ${prefix}|Когда|Чей|Откуда`, `${prefix}4|09.01.2019|Кофе на углу|выставка`];
  await page
    .locator("input[type=file]")
    .setInputFiles([{ ...csv(first, []), buffer: windows1251(leads(prefix).join("\r\n")) }, csv(second, strange)]);
  const old = page.getByRole("listitem").filter({ hasText: first });
  const other = page.getByRole("listitem").filter({ hasText: second });
  await expect(old.getByRole("cell", { name: "Ёлка и дети" })).toBeVisible();
  await expect(old.getByText(/Просмотрено 3 строки.*не возьмётся 1 строка.*не прочтётся 1 значение/)).toBeVisible();
  await old.getByLabel("Кодировка").selectOption({ label: "DOS (866)" });
  await expect(old.getByText(/Заголовок не опознан/)).toBeVisible();
  await expect(old.getByRole("cell", { name: "Ёлка и дети" })).toHaveCount(0);
  await old.getByLabel("Кодировка").selectOption({ label: "Windows-1251" });
  await expect(old.getByRole("cell", { name: "Ёлка и дети" })).toBeVisible();

  await expect(other.getByText(/Заголовок не опознан/)).toBeVisible();
  await other.getByLabel("Таблица").selectOption({ label: "Лиды" });
  await expect(other.getByText(/Не хватает обязательных столбцов/)).toBeVisible();
  await other.getByLabel(/Куда столбец «Код/).selectOption("id");
  await other.getByLabel("Куда столбец «Когда»").selectOption("created_on");
  // Wrong, and put right: a brand is no source.
  await other.getByLabel("Куда столбец «Чей»").selectOption("source");
  await expect(other.getByText(/замечаний нет/)).toBeVisible();
  await other.getByLabel("Куда столбец «Откуда»").selectOption("source");
  await expect(other.getByLabel("Куда столбец «Чей»")).toHaveValue("");
  await other.getByLabel("Куда столбец «Чей»").selectOption("brand");
  await expect(other.getByLabel("Куда столбец «Чей»")).toHaveValue("brand");
  // Both the files and what was laid are the server's, not the tab's.
  await page.reload();
  await expect(other.getByLabel("Куда столбец «Чей»")).toHaveValue("brand");

  await page.getByRole("button", { name: "Проверить", exact: true }).click();
  await expect(page.getByText("Это проверка: ничего не записано.")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("listitem").filter({ hasText: "Кофе на углу" })).toContainText("новая");
  expect(await look.sql`select 1 from leads where id like ${`${prefix}%`}`).toHaveLength(0);

  await page.getByRole("button", { name: "Загрузить", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Загрузка \d+/ })).toBeVisible();
  await expect(page.getByText("2 из 2 не исправлено")).toBeVisible({ timeout: 60_000 });
  expect(await look.sql`select brand, source from leads where id = ${`${prefix}4`}`).toEqual([
    { brand: "Кофе на углу", source: "выставка" },
  ]);
  expect(await look.sql`select area_from_sqm from leads where id = ${`${prefix}3`}`).toEqual([{ area_from_sqm: null }]);

  // Still wrong is told at the cell, and nothing is sent in.
  await page.getByRole("button", { name: `Исправить: ${first}, строка 3` }).click();
  const date = page.getByLabel("Дата создания");
  await date.fill("30.02.2019");
  await page.getByRole("button", { name: "Отправить", exact: true }).click();
  await expect(page.getByText(/^не дата/).last()).toBeVisible();
  await date.fill("28.02.2019");
  await page.getByRole("button", { name: "Отправить", exact: true }).click();
  await expect(page.getByText("1 из 2 не исправлено")).toBeVisible();
  const [mended] = await look.sql`select created_on::text, brand from leads where id = ${`${prefix}2`}`;
  expect(mended).toEqual({ created_on: "2019-02-28", brand: "Сова" });

  await page.getByRole("button", { name: `Исправить: ${first}, строка 4` }).click();
  await page.getByLabel("Площадь от, м²").fill("70");
  await page.getByRole("button", { name: "Отправить", exact: true }).click();
  await expect(page.getByText("0 из 2 не исправлено")).toBeVisible();
  const [area] = await look.sql`select area_from_sqm, area_to_sqm from leads where id = ${`${prefix}3`}`;
  expect(area).toEqual({ area_from_sqm: 70, area_to_sqm: 90 });
  await page
    .getByRole("link", { name: /^исправлено, загрузка/ })
    .first()
    .click();
  await expect(page.getByText(/Исправленные строки загрузки/)).toBeVisible();
});

test("a long import is watched in two tabs and after a reload, and cancelled leaves nothing", async ({
  page,
  login,
  look,
}) => {
  const prefix = `e2e-many-${Date.now()}-`;
  await login("admin");
  await page.goto("/admin/imports");

  // A file that is on its way is taken back.
  await page.route("**/api/imports/files*", () => {});
  await page.locator("input[type=file]").setInputFiles(csv("медленный.csv", leads("x")));
  await expect(page.getByRole("list", { name: "Отправляются" })).toBeVisible();
  await page.getByRole("button", { name: "Не отправлять медленный.csv" }).click();
  await expect(page.getByRole("list", { name: "Отправляются" })).toHaveCount(0);
  await page.unroute("**/api/imports/files*");

  const lines = Array.from({ length: 400_000 }, (_, i) => `${prefix}${i};05.01.2019;;Бренд номер ${i};40;80;правый`);
  const runId = await sendImport(page, { name: "много.csv", lines: [header, ...lines], dryRun: false });
  await page.goto(`/admin/imports/${runId}`);
  const bar = page.getByRole("progressbar");
  await expect
    .poll(async () => Number(await bar.getAttribute("aria-valuenow")), { timeout: 60_000 })
    .toBeGreaterThan(0);
  await expect(page.getByText(/осталось/)).toBeVisible();
  await page.reload();
  await expect(bar).toBeVisible();
  const other = await page.context().newPage();
  await other.goto("/admin/imports");
  await expect(other.getByRole("progressbar")).toBeVisible();

  await page.getByRole("button", { name: "Отменить", exact: true }).click();
  await page.getByRole("button", { name: "Отменить загрузку" }).click();
  await expect(page.getByText("Ничего не записано.")).toBeVisible();
  await expect(other.getByRole("progressbar")).toHaveCount(0);
  await other.close();
  expect(await look.sql`select 1 from leads where id like ${`${prefix}%`} limit 1`).toHaveLength(0);
  await page.goto("/admin/imports");
  await page.getByRole("button", { name: "Убрать много.csv" }).click();
  await expect(page.getByRole("button", { name: "Убрать много.csv" })).toHaveCount(0);
});

test("an owner sees what came in and has nothing to send by", async ({ page, login }) => {
  await login("owner");
  await page.goto("/admin/imports");
  await expect(page.getByText(/Загружает администратор/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Прежние загрузки" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Выбрать файлы" })).toHaveCount(0);
});

test.describe("a manager", () => {
  // A page that is not there is a 404, which the browser writes into the console by itself.
  test.use({ complaints: async ({ page: _ }, use) => use([]) });

  test("finds no page of imports", async ({ page, login }) => {
    await login("manager");
    for (const path of ["/admin/imports", "/admin/imports/1"])
      expect((await page.goto(path))!.status(), path).toBe(404);
  });
});
