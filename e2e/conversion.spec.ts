import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Look } from "#/db/testing/look-into.ts";
import { call, expect, signIn, test } from "./test.ts";

/** Leads of the manager who signs in that came today and that nobody has seen: four are two of each arm. */
async function fourLeadsCome({ sql }: Look): Promise<string[]> {
  const ids = Array.from({ length: 4 }, (_, i) => `жребий-${randomUUID().slice(0, 8)}-${i}`);
  await sql`insert into leads (id, created_on, manager_id, trades, area_from_sqm, area_to_sqm, search_text)
    select came, (now() at time zone 'Asia/Novosibirsk')::date, u.manager_id, '{кофейня}', 40, 120, came
    from unnest(${ids}::text[]) as came, users u where u.role = 'manager'`;
  return ids;
}

/** Whatever went wrong in a story, nothing of it goes on in another. */
async function stopWhatRuns(page: Page): Promise<void> {
  type Experiment = { experimentId: number; stopped: object | null };
  for (const { experimentId, stopped } of await call<Experiment[]>(page, "experiments.list", undefined, "query"))
    if (stopped === null) await call(page, "experiments.stop", { experimentId, reason: "конец проверки" }, "mutation");
}

test("the owner narrows conversion, starts a comparison by lot, and a lead of its plain arm shows no model until it is stopped", async ({
  page,
  login,
  look,
  browser,
}) => {
  test.setTimeout(240_000);
  await login("owner");
  await stopWhatRuns(page);
  await page.goto("/admin/conversion");
  await expect(page.getByRole("heading", { level: 1, name: "Конверсия" })).toBeVisible();
  await page.getByText("Всё время", { exact: true }).click();
  await page.getByRole("combobox", { name: "Берег" }).click();
  await page.getByRole("option", { name: "левый берег" }).click();
  await expect(page).toHaveURL(/period=all.*bank=left/);
  const cohorts = page.getByRole("region", { name: "По месяцу прихода лида" });
  await expect(cohorts.getByText(/арендаторами стали/)).toBeVisible();
  await cohorts.getByText("Лид → сделка").click();
  await expect(cohorts.getByText(/до сделки дошли/)).toBeVisible();
  const funnel = page.getByRole("region", { name: "Воронка по этапам" }).first();
  const [came] = await look.sql<{ n: number }[]>`select count(*)::int as n from leads where bank = 'left'`;
  await expect(funnel.getByRole("row", { name: /^Пришёл/ })).toContainText(
    String(came!.n).replace(/\B(?=(\d{3})+$)/, " "),
  );
  await expect(page.getByText("Это сравнение двух времён, а не действие модели.")).toBeVisible();

  // The scope is in the address: it outlives a reload, goes along to the next page, and is there on coming back.
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Берег" })).toHaveValue("левый берег");
  await expect(cohorts.getByText(/арендаторами стали/)).toBeVisible();
  await page.getByRole("link", { name: "Сравнение по жребию" }).click();
  await expect(page).toHaveURL(/experiment\?.*bank=left/);
  await page.goBack();
  await expect(page.getByRole("combobox", { name: "Берег" })).toHaveValue("левый берег");
  await page.goForward();

  await expect(page.getByRole("heading", { level: 1, name: "С моделью и без" })).toBeVisible();
  await page.getByRole("textbox", { name: "Какой прирост важно заметить" }).fill("3");
  await expect(page.getByRole("status").filter({ hasText: /лид.* в каждой группе/ })).toBeVisible();
  await page.getByRole("button", { name: "Начать сравнение" }).click();
  await page.getByRole("button", { name: "Да, начать" }).click();
  await expect(page.getByText("набираются лиды", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Итога ещё нет\. Набрано/)).toBeVisible();

  const leads = await fourLeadsCome(look);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "manager");
  try {
    await call(other, "matching.board", { leadId: leads[0] }, "query");
    const arms = await look.sql<{ leadId: string; arm: "model" | "rules" }[]>`
      select lead_id as "leadId", arm from experiment_leads where lead_id = any(${leads}::text[])`;
    expect(arms).toHaveLength(4);
    const plain = arms.find(({ arm }) => arm === "rules")!.leadId;
    const judged = arms.find(({ arm }) => arm === "model")!.leadId;
    await other.goto(`/leads/${encodeURIComponent(plain)}`);
    await expect(other.getByText("Сравнение: этот лид без модели")).toBeVisible();
    await expect(other.getByText(/^Модель \d+ от/)).toHaveCount(0);
    await expect(other.getByText(/вероятность|Шанс сделки/i)).toHaveCount(0);
    const [run] = await look.sql<{ model: number | null }[]>`
      select model_id as model from match_runs where lead_id = ${plain} order by created_at desc limit 1`;
    expect(run!.model).toBeNull();
    await other.goto(`/leads/${encodeURIComponent(judged)}`);
    await expect(other.getByText(/^Модель \d+ от/)).toBeVisible();
    await expect(other.getByText("Сравнение: этот лид без модели")).toHaveCount(0);

    await page.reload();
    const card = page.getByRole("region", { name: /^Сравнение \d+$/ }).first();
    await expect(card.getByText("рано", { exact: true })).toBeVisible();
    await expect(card.getByText(/^Группы одного размера/)).toBeVisible();
    await page.getByRole("button", { name: "Остановить", exact: true }).click();
    await page.getByRole("textbox", { name: "Почему" }).fill("проверяем остановку");
    await page.getByRole("button", { name: "Остановить сравнение" }).click();
    await expect(card.getByText("остановлено раньше срока", { exact: true })).toBeVisible();
    await expect(card.getByText(/проверяем остановку/)).toBeVisible();
    await other.goto(`/leads/${encodeURIComponent(plain)}`);
    await expect(other.getByText(/^Модель \d+ от/)).toBeVisible();
  } finally {
    await stopWhatRuns(page);
    await other.context().close();
  }
});
