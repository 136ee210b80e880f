import type { Page } from "@playwright/test";
import type { Look } from "#/db/testing/look-into.ts";
import { expect, type Lead, pressRussian, test } from "./test.ts";

const column = (page: Page, side: "keep" | "remove") => page.locator(`section[data-side=${side}]`);
const card = (page: Page, premisesId: string) =>
  page.locator("article", { has: page.locator(`[data-premises="${premisesId}"]`) });
const markButton = /^(Ошибочно убрано|Зря оставлено): (?!указать)/;

/** Premises that stand marked for a lead. */
async function standing(look: Look, lead: Lead): Promise<string[]> {
  const rows = await look.sql<{ id: string }[]>`
    select premises_id as id from marks m where lead_id = ${lead.id}
      and not exists (select from mark_withdrawals w where w.mark_id = m.id) order by 1`;
  return rows.map(({ id }) => id);
}

async function openBoard(page: Page, lead: Lead, query = ""): Promise<void> {
  await page.goto(`/leads/${lead.id}${query}`);
  await expect(page.locator("article").first()).toBeVisible();
}

/** Ids of the first cards of a column that bear no mark. */
async function unmarked(page: Page, side: "keep" | "remove", count: number): Promise<string[]> {
  const cards = column(page, side).locator("article:not([data-marked]) [data-premises]");
  await expect(cards.nth(count - 1)).toBeAttached();
  const ids = await cards.evaluateAll((found) => found.map((one) => one.getAttribute("data-premises")!));
  return ids.slice(0, count);
}

test.describe("marks outlive the network", () => {
  // A browser without a network writes so into its console.
  test.use({ complaints: async ({ page: _ }, use) => use([]) });

  test("three marks made offline wait, say so, and arrive once each", async ({ page, context, login, lead, look }) => {
    await login("manager");
    await openBoard(page, lead);
    const before = await standing(look, lead);
    const ids = await unmarked(page, "remove", 3);
    await context.setOffline(true);
    for (const id of ids) await card(page, id).getByRole("button", { name: markButton }).click();
    await expect(page.getByText("3 отметки ждут")).toBeVisible();
    await expect(card(page, ids[0]!).getByText("ждёт отправки")).toBeVisible();
    // One of them is taken back before it ever left.
    await page.keyboard.press("Control+KeyZ");
    await expect(card(page, ids[2]!).getByText("Отмечено")).toBeHidden();

    await context.setOffline(false);
    await expect(page.getByText("отметки ждут")).toBeHidden();
    await expect.poll(() => standing(look, lead)).toEqual([...before, ...ids.slice(0, 2)].sort());
    const sent = async () => {
      const [row] = await look.sql<{ n: number }[]>`
        select count(*)::int as n from marks where lead_id = ${lead.id} and premises_id in ${look.sql(ids)}
          and created_at > now() - interval '2 minutes'`;
      return row!.n;
    };
    // What was taken back stands at no time: that it has arrived is seen by its row alone.
    await expect.poll(sent).toBe(3);

    for (let i = 0; i < 2; i++) await page.keyboard.press("Control+KeyZ");
    await expect.poll(() => standing(look, lead)).toEqual(before);
    expect(await sent()).toBe(3);
  });

  test("a mark whose tab was closed before it left goes out with the next visit", async ({
    page,
    context,
    login,
    lead,
    look,
  }) => {
    await login("manager");
    await openBoard(page, lead);
    const before = await standing(look, lead);
    const [id] = await unmarked(page, "remove", 1);
    await page.route("**/api/trpc/feedback.mark*", (route) => route.abort("connectionreset"));
    await card(page, id!).getByRole("button", { name: markButton }).click();
    await expect(page.getByText("1 отметка ждёт")).toBeVisible();
    await page.close();
    const next = await context.newPage();
    await openBoard(next, lead);
    await expect.poll(() => standing(look, lead)).toEqual([...before, id!].sort());
    await expect(card(next, id!).getByText("Отмечено")).toBeVisible();
    await card(next, id!)
      .getByRole("button", { name: /Отменить отметку/ })
      .click();
    await expect.poll(() => standing(look, lead)).toEqual(before);
  });
});

test("a double click is one mark", async ({ page, login, lead, look }) => {
  await login("manager");
  await openBoard(page, lead);
  const before = await standing(look, lead);
  const [id] = await unmarked(page, "remove", 1);
  const count = async () => {
    const [row] = await look.sql<{ n: number }[]>`
      select count(*)::int as n from marks where lead_id = ${lead.id} and premises_id = ${id!}`;
    return row!.n;
  };
  const made = await count();
  await card(page, id!).getByRole("button", { name: markButton }).dblclick();
  await expect.poll(() => standing(look, lead)).toEqual([...before, id!].sort());
  expect(await count()).toBe(made + 1);
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => standing(look, lead)).toEqual(before);
});

test("two tabs agree: what one marks the other shows, and takes back", async ({ page, context, login, lead, look }) => {
  await login("manager");
  await openBoard(page, lead);
  const other = await context.newPage();
  await openBoard(other, lead);
  const before = await standing(look, lead);
  const [id] = await unmarked(page, "remove", 1);
  await card(page, id!).getByRole("button", { name: markButton }).click();
  await expect.poll(() => standing(look, lead)).toEqual([...before, id!].sort());
  await expect(card(other, id!).getByText("Отмечено: ошибочно убрано")).toBeVisible();
  await card(other, id!)
    .getByRole("button", { name: /Отменить отметку/ })
    .click();
  await expect.poll(() => standing(look, lead)).toEqual(before);
  await expect(card(page, id!).getByText("Отмечено")).toBeHidden();
});

test("a whole group of the removed is marked by one key, and undone and redone as one", async ({
  page,
  login,
  lead,
  look,
}) => {
  await login("manager");
  await openBoard(page, lead);
  const before = await standing(look, lead);
  const chips = page.getByRole("group", { name: "Почему убрано" }).locator("button[aria-pressed]");
  await chips.last().click();
  await expect(chips.last()).toHaveAttribute("aria-pressed", "true");
  const size = Number((await chips.last().textContent())!.match(/\d+$/)![0]);

  await pressRussian(page, "KeyR");
  const preview = page.getByRole("dialog");
  await expect(preview.getByRole("button", { name: `Отметить ${size}` })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(preview).toBeHidden();
  await expect.poll(() => standing(look, lead)).toHaveLength(before.length + size);
  const [deed] = await look.sql<{ n: number }[]>`
    select count(*)::int as n from audit_log where action = 'mark:create' and detail ->> 'together' =
      (select detail ->> 'together' from audit_log where action = 'mark:create' order by id desc limit 1)`;
  expect(deed!.n).toBe(size);

  await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => standing(look, lead)).toEqual(before);
  await page.keyboard.press("Control+Shift+KeyZ");
  await expect.poll(() => standing(look, lead)).toHaveLength(before.length + size);
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => standing(look, lead)).toEqual(before);
});

test("all that fit the filter are ticked by one press, counted before they are marked, and taken back by one undo", async ({
  page,
  login,
  lead,
  look,
}) => {
  await login("manager");
  await openBoard(page, lead);
  const before = await standing(look, lead);
  const removed = column(page, "remove");
  const bar = page.getByRole("region", { name: "Выбранные помещения" });
  const chip = page.getByRole("group", { name: "Почему убрано" }).locator("button[aria-pressed]").first();
  await chip.click();
  const [, reason, size] = (await chip.textContent())!.match(/^(\D+)(\d+)$/)!;
  await removed.getByRole("checkbox").first().click();
  await bar.getByRole("button", { name: `Все «${reason}»: ${size}` }).click();
  await expect(bar.getByText(new RegExp(`^Выбрано ${size} `))).toBeVisible();

  // Without the filter it is the whole column, the kept one left alone.
  await chip.click();
  const all = bar.getByRole("button", { name: /^Все убранные: \d+$/ });
  const count = Number((await all.textContent())!.match(/\d+/)![0]);
  expect(count).toBeGreaterThan(Number(size));
  await all.click();
  await expect(all).toBeHidden();
  await bar.getByRole("button", { name: /^Отметить ошибку/ }).click();
  const preview = page.getByRole("dialog");
  await expect(preview.getByRole("heading", { name: new RegExp(`^Отметить ${count} помещени`) })).toBeVisible();
  await preview.getByRole("button", { name: `Отметить ${count}` }).click();
  await expect.poll(() => standing(look, lead)).toHaveLength(before.length + count);
  await page.getByRole("button", { name: "Отменить", exact: true }).click();
  await expect.poll(() => standing(look, lead)).toEqual(before);
});

test("premises are ticked by key and in runs, compared side by side, and the back button closes the comparison", async ({
  page,
  login,
  lead,
}) => {
  await login("manager");
  await openBoard(page, lead);
  await pressRussian(page, "KeyJ");
  await pressRussian(page, "KeyP");
  await pressRussian(page, "KeyJ", { shift: true });
  const bar = page.getByRole("region", { name: "Выбранные помещения" });
  await expect(bar.getByText("Выбрано 2 помещения")).toBeVisible();
  await column(page, "keep")
    .locator("article [data-premises]")
    .nth(3)
    .click({ modifiers: ["Shift"] });
  await expect(bar.getByText("Выбрано 4 помещения")).toBeVisible();
  await expect(page).toHaveURL(/picked=/);

  await pressRussian(page, "KeyC");
  const table = page.getByRole("dialog").getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveCount(4);
  await expect(table.getByRole("img", { name: "отличается" }).first()).toBeVisible();
  await page.reload();
  await expect(table.getByRole("columnheader")).toHaveCount(4);
  await page.goBack();
  await expect(table).toBeHidden();
  await expect(bar.getByText("Выбрано 4 помещения")).toBeVisible();
  await page.locator("h1").click();
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
});

test("the back button goes through what was opened, and a link opens the same view", async ({ page, login, lead }) => {
  await login("manager");
  await openBoard(page, lead);
  const panel = page.getByRole("complementary", { name: "Помещение" });
  await column(page, "remove").locator("article [data-premises]").first().click();
  await expect(panel.getByText("Почему убрано")).toBeVisible();
  await page.getByRole("group", { name: "Почему убрано" }).locator("button[aria-pressed]").first().click();
  await expect(page).toHaveURL(/why=/);
  await page.getByLabel("Порядок").selectOption("rent");
  await expect(page).toHaveURL(/order=rent/);
  const address = page.url();
  await page.goBack();
  await expect(page).not.toHaveURL(/why=/);
  await expect(panel).toBeVisible();
  await page.goBack();
  await expect(panel).toBeHidden();
  await page.goto(address);
  await expect(panel.getByText("Почему убрано")).toBeVisible();
  await expect(page.getByLabel("Порядок")).toHaveValue("rent");
});

test("the details tell what an experienced colleague would: why, what would change it, prices, neighbours, history", async ({
  page,
  login,
  lead,
}) => {
  await login("manager");
  await openBoard(page, lead);
  await pressRussian(page, "KeyJ");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Помещение" });
  for (const title of ["Почему оставлено", "Оценка модели", "Цена", "Что известно", "Похожие договоры"])
    await expect(panel.getByRole("heading", { level: 3, name: title })).toBeVisible();
  await expect(panel.getByText(/примерно 1 сделка на \d+ таких показов|реже 1 сделки/)).toBeVisible();
  await expect(panel.getByText(/Порог обещает, что у \d из 10|Порог обещает, что у \d лидов из 10/)).toBeVisible();
  await panel.getByText("Таблицей").click();
  await expect(panel.getByRole("row")).toHaveCount(14);
  await expect(panel.getByRole("heading", { name: "Соседи в разделе" })).toBeVisible();
  await expect(panel.getByRole("heading", { name: "Что было с помещением" })).toBeVisible();
  // Beside the details the columns stay live.
  await page.keyboard.press("ArrowRight");
  await expect(panel.getByRole("heading", { level: 3, name: "Что изменить" })).toBeVisible();
});

test("the plan of the city is walked by arrows, and Enter opens a premises", async ({ page, login, lead }) => {
  await login("manager");
  await openBoard(page, lead);
  await pressRussian(page, "KeyM");
  const plan = page.getByRole("listbox", { name: /Помещения по районам/ });
  await expect(plan.getByRole("option").first()).toBeVisible();
  await plan.focus();
  const at = () => plan.getAttribute("aria-activedescendant");
  const first = await at();
  // Which way the next dot lies depends on the market.
  for (const arrow of ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"])
    if ((await at()) === first) await page.keyboard.press(arrow);
  expect(await at()).not.toBe(first);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/open=/);
  await expect(page.getByRole("complementary").getByText("Что известно")).toBeVisible();
});

test("any past day is one field away, labelled and without marks", async ({ page, login, lead }) => {
  await login("manager");
  await openBoard(page, lead);
  const day = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("На дату").fill(day);
  await expect(page.getByText(/Вы смотрите подбор на/)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`asOf=${day}`));
  await expect(page.getByRole("button", { name: markButton })).toHaveCount(0);
  await pressRussian(page, "KeyJ");
  await pressRussian(page, "KeyX");
  await expect(page.getByText("Отмечено")).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole("button", { name: markButton }).first()).toBeVisible();
});

test.describe("at twice the size", () => {
  // What a window of 1440 by 900 shows at a zoom of 200 %.
  test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });

  test("nothing is cut off sideways, and a mark can be made and taken back", async ({ page, login, lead, look }) => {
    await login("manager");
    await openBoard(page, lead, "?side=remove");
    const before = await standing(look, lead);
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await sideways()).toBeLessThanOrEqual(0);
    const [id] = await unmarked(page, "remove", 1);
    await card(page, id!).getByRole("button", { name: markButton }).click();
    await expect.poll(() => standing(look, lead)).toEqual([...before, id!].sort());
    await card(page, id!)
      .getByRole("button", { name: /Отменить отметку/ })
      .click();
    await expect.poll(() => standing(look, lead)).toEqual(before);
    await card(page, id!).locator("[data-premises]").click();
    await expect(page.getByRole("dialog").getByText("Что известно")).toBeVisible();
    expect(await sideways()).toBeLessThanOrEqual(0);
  });
});

test.describe("without an answer from the server", () => {
  test.use({ complaints: async ({ page: _ }, use) => use([]) });

  test("the board of another day says so and offers to try again", async ({ page, login, lead }) => {
    await login("manager");
    await openBoard(page, lead);
    await page.route("**/api/trpc/matching.board*", (route) => route.abort("connectionreset"));
    const day = new Date(Date.now() - 50 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("На дату").fill(day);
    await expect(page.getByRole("alert").getByText("Нет связи с сервером")).toBeVisible();
    await page.unroute("**/api/trpc/matching.board*");
    await page.getByRole("button", { name: "Повторить" }).click();
    await expect(page.getByText(/Вы смотрите подбор на/)).toBeVisible();
  });
});

test("an owner reads the board and is told that he does not mark", async ({ page, login, lead }) => {
  await login("owner");
  await openBoard(page, lead);
  await expect(page.getByText(/подбор открыт для чтения|отмечать ошибки может менеджер лида/)).toBeVisible();
  await expect(page.getByRole("button", { name: markButton })).toHaveCount(0);
});

test("without a model hand rules answer: the notice says so, and no chance is promised on any screen", async ({
  page,
  login,
  lead,
  look,
}) => {
  const [alias] = await look.sql`delete from model_aliases where name = 'active' returning *`;
  try {
    await login("manager");
    await openBoard(page, lead);
    await expect(page.getByText("Без модели: подобрано по простым правилам")).toBeVisible();
    await expect(page.getByText(/вероятность сделки не показана/)).toBeVisible();
    await expect(page.getByText(/^(≈|<).\d+.%$/)).toHaveCount(0);
    await expect(column(page, "remove").locator("article").first()).toContainText(
      /запрос|пожелан|при |дороже|берег|район/i,
    );
    const before = await standing(look, lead);
    const [id] = await unmarked(page, "remove", 1);
    await card(page, id!).getByRole("button", { name: markButton }).click();
    await expect.poll(() => standing(look, lead)).toEqual([...before, id!].sort());
    await page.keyboard.press("Control+KeyZ");
    await expect.poll(() => standing(look, lead)).toEqual(before);
    await card(page, id!).locator("[data-premises]").click();
    const panel = page.getByRole("complementary", { name: "Помещение" });
    await expect(panel.getByRole("heading", { level: 3, name: "Почему убрано" })).toBeVisible();
    await page.goto(`/premises/${id}`);
    await expect(page.getByText("Без модели: решено по простым правилам, вероятность не показана.")).toBeVisible();
  } finally {
    await look.sql`insert into model_aliases ${look.sql(alias!)}`;
  }
  await openBoard(page, lead);
  await expect(page.getByText("Без модели: подобрано по простым правилам")).toHaveCount(0);
});

test("marks that the server asks to wait with say so in its words, and go out afterwards", async ({
  page,
  login,
  lead,
  look,
  complaints,
}) => {
  await login("manager");
  await openBoard(page, lead);
  const before = await standing(look, lead);
  const [first, second] = await unmarked(page, "remove", 2);
  // The first mark makes the counter of the hour; then it is full.
  await card(page, first!).getByRole("button", { name: markButton }).click();
  await expect.poll(() => standing(look, lead)).toEqual([...before, first!].sort());
  await look.sql`update rate_limits set points = 1000000 where key like 'marks%'`;
  await card(page, second!).getByRole("button", { name: markButton }).click();
  const notice = page.getByRole("status").filter({ hasText: "1 отметка ждёт отправки" });
  await expect(notice).toBeVisible();
  await expect(notice).toContainText(/больше 600 отметок/);
  await expect(notice).not.toContainText("Нет связи");
  await look.sql`delete from rate_limits where key like 'marks%'`;
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(notice).toBeHidden();
  await expect.poll(() => standing(look, lead)).toEqual([...before, first!, second!].sort());
  for (let i = 0; i < 2; i++) await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => standing(look, lead)).toEqual(before);
  expect(complaints.splice(0).filter((text) => !text.includes("429"))).toEqual([]);
});
