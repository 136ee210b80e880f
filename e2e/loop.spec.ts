import type { Page } from "@playwright/test";
import { agreeOnLead, call, expect, type Lead, signIn, test } from "./test.ts";

/** A training on the small market takes half a minute; a busy machine gets more. */
const trainedWithin = { timeout: 400_000 };

interface Board {
  items: { premisesId: string; decision: string; suitability: number }[];
}

const boardOf = (page: Page, lead: Lead) => call<Board>(page, "matching.board", { leadId: lead.id }, "query");
const numbersOf = ({ items }: Board) => Object.fromEntries(items.map((item) => [item.premisesId, item.suitability]));
/** Ids as they stand on the board, column by column. */
const shown = (page: Page) =>
  page
    .locator("section[data-side] article [data-premises]")
    .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-premises")));

async function openBoard(page: Page, lead: Lead): Promise<void> {
  await page.goto(`/leads/${lead.id}`);
  await expect(page.locator("article").first()).toBeVisible();
}

test("a mark moves its manager's list, teaches a candidate that is watched, followed in the shadow, piloted, put to use and taken back", async ({
  page: admin,
  login,
  lead,
  foreignLead,
  look,
  browser,
}) => {
  test.setTimeout(600_000);
  await login("admin");
  const own = await browser.newContext();
  const manager = await own.newPage();
  await signIn(manager, "manager");
  const { alias: before } = await call<{ alias: { modelId: number } }>(admin, "models.list", undefined, "query");

  // The mark: it moves this manager's next list, and nobody else's.
  const othersBefore = numbersOf(await boardOf(admin, foreignLead));
  await openBoard(manager, lead);
  const listBefore = await shown(manager);
  const removed = manager.locator("section[data-side=remove] article:not([data-marked])");
  const markedIds: string[] = [];
  for (let i = 0; i < 3; i++) {
    const card = removed.first();
    markedIds.push((await card.locator("[data-premises]").getAttribute("data-premises"))!);
    await card.getByRole("button", { name: /^Ошибочно убрано: (?!указать)/ }).click();
    await expect(
      manager.locator("article[data-marked]", { has: manager.locator(`[data-premises="${markedIds[i]}"]`) }),
    ).toBeVisible();
  }
  const marks = () =>
    look.sql<{ id: string }[]>`
      select id from marks m where lead_id = ${lead.id} and premises_id in ${look.sql(markedIds)}
        and not exists (select from mark_withdrawals w where w.mark_id = m.id)`;
  await expect.poll(async () => (await marks()).length).toBe(3);
  await openBoard(manager, lead);
  expect(await shown(manager)).not.toEqual(listBefore);
  expect(numbersOf(await boardOf(admin, foreignLead))).toEqual(othersBefore);

  // The training: everybody who may sees it move, and a candidate comes of it.
  await admin.goto("/admin/trainings");
  await admin.getByRole("button", { name: "Обучить модель" }).click();
  const bar = admin.getByRole("progressbar");
  await expect(bar).toBeVisible();
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow")), trainedWithin).toBeGreaterThan(10);
  await expect(admin.getByRole("button", { name: "Обучить модель" })).toBeVisible(trainedWithin);
  const made = admin
    .getByRole("listitem")
    .filter({ hasText: "готово" })
    .first()
    .getByRole("link", { name: /Модель \d+/ });
  const modelId = Number((await made.innerText()).match(/\d+/)![0]);
  expect(modelId).toBeGreaterThan(before.modelId);
  await made.click();
  await expect(admin.getByRole("heading", { level: 1, name: `Модель ${modelId}` })).toBeVisible();
  await expect(admin.getByText("кандидат", { exact: true })).toBeVisible();

  // The shadow: it follows the next live request, and the manager's answer is the active model's.
  const shadow = admin.getByRole("region", { name: "Теневая проверка" });
  await shadow.getByRole("button", { name: "Проверять в тени" }).click();
  await expect(shadow.getByText(/Пока ни один подбор не оценён/)).toBeVisible();
  await openBoard(manager, lead);
  await expect(manager.getByText(`Модель ${before.modelId} от`)).toBeVisible();
  await expect(shadow.getByText("Оценено подборов")).toBeVisible({ timeout: 60_000 });
  await expect(shadow.getByText(/идёт с .* против модели/)).toBeVisible();

  // The pilot: ten leads, judged by somebody who marked nothing.
  await call(admin, "settings.change", { name: "pilotRequired", value: true }, "mutation");
  const reviewer = await browser.newContext();
  const owner = await reviewer.newPage();
  await signIn(owner, "owner");
  await owner.goto("/admin/pilot");
  await owner.getByRole("combobox", { name: "Модель" }).click();
  await owner.getByRole("option", { name: new RegExp(`^модель ${modelId},`) }).click();
  await owner.getByRole("button", { name: "Выбрать лиды" }).click();
  await expect(owner).toHaveURL(/\/admin\/pilot\/[0-9a-f-]{36}$/);
  const pilotId = owner.url().split("/").at(-1)!;
  for (let place = 1; place <= 10; place++) await agreeOnLead(owner, look, pilotId, place);
  await owner.reload();
  await owner.getByRole("button", { name: "Подписать вердикт" }).click();
  await owner.getByRole("button", { name: "Подписать", exact: true }).click();
  await expect(owner.getByText("пройдена", { exact: true })).toBeVisible();
  await reviewer.close();

  // Put to use: the pilot is signed, so it is no reason against; whatever else the gate has needs somebody's word.
  await admin.reload();
  await admin.getByRole("button", { name: "Включить", exact: true }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog.getByText(/Пилотная проверка/)).toHaveCount(0);
  const reason = dialog.getByRole("textbox", { name: "Почему всё равно включить" });
  if (await reason.isVisible()) {
    await reason.fill("Рынок для показа мал, решаем по пилотной проверке");
    await dialog.getByRole("button", { name: "Включить вопреки проверке" }).click();
  } else await dialog.getByRole("button", { name: "Включить", exact: true }).click();
  await expect(admin.getByText("действующая", { exact: true })).toBeVisible();
  await expect(shadow.getByText(/модель включена/)).toBeVisible();

  // The next list is the new model's, and the board says so.
  await openBoard(manager, lead);
  await expect(manager.getByText(`Модель ${modelId} от`)).toBeVisible();
  const notice = manager.getByRole("complementary", { name: "Модель обновлена" });
  await expect(notice).toContainText(`Модель обновлена: ${before.modelId} → ${modelId}`);
  // It comes with the page and does not push the cards away afterwards.
  expect(await (await manager.request.get(`/leads/${lead.id}`)).text()).toContain("Модель обновлена");

  // However much is said above it, on a phone the list keeps its room, and so does what is ticked in it.
  const wide = manager.viewportSize()!;
  await manager.setViewportSize({ width: 360, height: 640 });
  const cards = manager.locator("section[data-side=keep] article");
  await cards.getByRole("checkbox").nth(1).click();
  await expect(manager.locator("section[data-side=keep] article[data-picked]")).toBeVisible();
  const { height } = (await manager.locator("section[data-side=keep]").boundingBox())!;
  expect(height).toBeGreaterThanOrEqual(320);
  await cards.getByRole("checkbox").nth(1).click();
  await manager.setViewportSize(wide);
  await notice.getByRole("button", { name: "Понятно" }).click();
  await expect(notice).toBeHidden();

  // And back.
  await admin.getByRole("button", { name: `Откатить к модели ${before.modelId}` }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Откатить", exact: true }).click();
  await expect(admin.getByText("в запасе", { exact: true })).toBeVisible();
  await openBoard(manager, lead);
  await expect(manager.getByText(`Модель ${before.modelId} от`)).toBeVisible();
  await expect(notice).toContainText(`Модель обновлена: ${modelId} → ${before.modelId}`);
  await notice.getByRole("button", { name: "Понятно" }).click();
  await expect(notice).toBeHidden();

  // What others find here is as it was: no mark of ours stands, and no pilot is required.
  await call(manager, "feedback.withdrawMany", { markIds: (await marks()).map(({ id }) => id) }, "mutation");
  await call(admin, "settings.change", { name: "pilotRequired", value: false }, "mutation");
  await openBoard(manager, lead);
  expect(await shown(manager)).toEqual(listBefore);
  await own.close();
});
