import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { agreeOnLead, expect, pressRussian, test } from "./test.ts";

const pilotAt = (page: Page) => page.url().match(/\/admin\/pilot\/([0-9a-f-]{36})/)?.[1];
const rows = (page: Page) => page.locator("[data-case]");

test("to a manager the area does not exist", async ({ page, login, complaints }) => {
  await login("manager");
  for (const path of ["/admin", "/admin/pilot", "/admin/pilot/7b0c9b86-6a35-4d2c-9d3c-2f0d9c2b8f10/1"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Такой страницы нет" })).toBeVisible();
  }
  const refused = await page.request.get("/api/trpc/pilot.list");
  expect(refused.status()).toBe(403);
  // The browser notes a page that is not there.
  expect(complaints.every((one) => one.includes("404"))).toBe(true);
  complaints.length = 0;
});

test("draw, review blind by keys, in groups and with undo, come back, sign; then nobody changes anything", async ({
  page,
  login,
  look,
}) => {
  test.setTimeout(120_000);
  await login("owner");
  await page.goto("/admin");
  await page.getByRole("link", { name: "Пилотная проверка" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Пилотная проверка" })).toBeVisible();
  await page.getByRole("button", { name: "Выбрать лиды" }).click();
  await page.getByRole("link", { name: "Начать" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Лид 1 из 10" })).toBeVisible();
  const pilotId = pilotAt(page)!;
  const answered = async (place: number) => {
    const counted = await look.sql<{ answer: string; n: number }[]>`
      select answer, count(*)::int as n from pilot_cases
      where pilot_id = ${pilotId} and place = ${place} and answer is not null group by answer order by answer`;
    return Object.fromEntries(counted.map(({ answer, n }) => [answer, n]));
  };

  // Nothing on the page tells kept from removed.
  await expect(page.getByText(/^(оставлено|убрано)$/)).toHaveCount(0);
  const total = await rows(page).count();
  expect(total).toBeGreaterThan(12);
  await pressRussian(page, "Digit1");
  await expect.poll(() => answered(1)).toEqual({ suitable: 1 });
  await pressRussian(page, "Digit2");
  await pressRussian(page, "KeyJ");
  await pressRussian(page, "Digit3");
  await expect.poll(() => answered(1)).toEqual({ suitable: 1, unsuitable: 1, unsure: 1 });
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => answered(1)).toEqual({ suitable: 1, unsuitable: 1 });

  // A whole group at once, taken back, and again.
  const rest = page.getByRole("button", { name: /^Остальные \d+ в этой группе не подходят$/ });
  const group = Number((await rest.last().innerText()).match(/\d+/)![0]);
  await rest.last().click();
  await expect.poll(() => answered(1)).toEqual({ suitable: 1, unsuitable: 1 + group });
  await page.getByRole("button", { name: "Отменить", exact: true }).click();
  await expect.poll(() => answered(1)).toEqual({ suitable: 1, unsuitable: 1 });
  await rest.last().click();
  await expect.poll(() => answered(1)).toEqual({ suitable: 1, unsuitable: 1 + group });

  // What was said is there after coming back; the rest of the lead follows, group by group.
  await page.reload();
  await expect(page.locator("[data-case][data-said]")).toHaveCount(2 + group);
  while ((await rest.count()) > 0) await rest.first().click();
  await expect(page.getByText(`отвечено ${total} из ${total}`)).toBeVisible();
  await expect.poll(() => answered(1)).toEqual({ suitable: 1, unsuitable: total - 1 });

  // The other nine leads by the way that the screen takes; the truth of the database decides which kept ones suit.
  for (let place = 2; place <= 10; place++) await agreeOnLead(page, look, pilotId, place);
  await page.getByRole("link", { name: "К проверке" }).click();
  await page.getByRole("button", { name: "Подписать вердикт" }).click();
  await page.getByRole("button", { name: "Подписать", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Вердикт" })).toBeVisible();
  const [lost] = await look.sql<{ n: number }[]>`
    select count(*)::int as n from pilot_cases
    where pilot_id = ${pilotId} and place = 1 and stratum = 'removed' and answer = 'suitable'`;
  await expect(page.getByText(lost!.n === 0 ? "10 из 10" : "9 из 10").first()).toBeVisible();
  await expect(page.getByText("пройдена", { exact: true })).toBeVisible();
  await expect(page.getByText(/проходит|пройдёт проверку в 38 случаях из 100/)).toBeVisible();

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Скачать таблицу" }).click(),
  ]);
  const table = await readFile((await file.path())!, "utf8");
  const [cases] = await look.sql<{ n: number }[]>`
    select count(*)::int as n from pilot_cases where pilot_id = ${pilotId}`;
  expect(table.trim().split("\r\n")).toHaveLength(cases!.n + 1);

  await page.getByRole("link", { name: /^1\. / }).click();
  await expect(page.getByText("Проверка закончена, ответы больше не меняются.")).toBeVisible();
  await expect(page.getByText(/^(оставлено|убрано)$/).first()).toBeVisible();
  await pressRussian(page, "Digit2");
  await expect.poll(() => answered(1)).toEqual({ suitable: 1, unsuitable: total - 1 });
  await expect(look.sql`update pilot_cases set answer = 'unsure' where pilot_id = ${pilotId}`).rejects.toThrow();
});
