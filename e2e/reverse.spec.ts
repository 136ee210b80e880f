import type { Page } from "@playwright/test";
import { expect, test } from "./test.ts";

const leadCards = (page: Page) => page.getByRole("list", { name: "Открытые лиды" }).getByRole("article");
const offline = (text: string) => /ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(text);

test("from a premises to the board of the lead that it fits: the same chance on both sides", async ({
  page,
  login,
  look,
}) => {
  const [premises] = await look.sql<{ id: string; address: string }[]>`
    select p.id, p.address from premises p join vacancies v on v.premises_id = p.id and v.to_on is null
    where v.from_on < now() - interval '30 days' and p.address is not null order by p.id limit 1`;
  await login("manager");
  await page.goto("/premises");
  await page.getByRole("searchbox", { name: "Поиск помещений" }).fill(premises!.id);
  await expect(page).toHaveURL(/[?&]q=/);
  await page
    .getByRole("list", { name: "Список помещений" })
    .getByRole("link", { name: new RegExp(`№.${premises!.id}`) })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: premises!.address })).toBeVisible();
  await expect(page.getByText(/открыт(ый|ых) лид.*подходит \d+/)).toBeVisible();

  const card = leadCards(page).first();
  const chance = await card.getByText(/^(≈|<).\d+.%$/).textContent();
  const verdict = await card.getByText(/^(Подходит|Не подходит)$/).textContent();
  await card.getByRole("link").click();
  const panel = page.getByRole("complementary", { name: "Помещение" });
  await expect(panel.getByRole("heading", { level: 2, name: premises!.address })).toBeVisible();
  // The chance stands first; further down the price's table has one for each rent.
  await expect(panel.getByText(/^(≈|<).\d+.%$/).first()).toHaveText(chance!);
  await expect(panel.getByText(verdict === "Подходит" ? /^Оставлено/ : /^Убрано/).first()).toBeVisible();
});

test("filters live in the address, and a wrong layout is forgiven", async ({ page, login, look }) => {
  const [district] = await look.sql<{ name: string; free: number }[]>`
    select p.district as name, count(distinct p.id)::int as free from premises p
    join vacancies v on v.premises_id = p.id and v.to_on is null where p.district is not null
    group by 1 order by 2 desc limit 1`;
  await login("manager");
  await page.goto("/premises");
  // A choice that is made before the page is alive is lost to it, so that it is made until it takes.
  await expect(async () => {
    await page.getByLabel("Район").selectOption(district!.name);
    await expect(page).toHaveURL(/district=/, { timeout: 2_000 });
  }).toPass();
  await page.getByLabel("Площадь до, м²").fill("100");
  await expect(page).toHaveURL(/areaTo=100/);
  const rows = page.getByRole("list", { name: "Список помещений" }).getByRole("listitem");
  await expect(rows.first()).toContainText(district!.name);
  const count = page.getByRole("status").filter({ hasText: /^\d+ свободн/ });
  const counted = await count.textContent();
  await page.reload();
  await expect(page.getByLabel("Район")).toHaveValue(district!.name);
  await expect(count).toHaveText(counted!);
  await page.getByRole("button", { name: "Сбросить всё" }).click();
  await page.getByRole("searchbox", { name: "Поиск помещений" }).fill("gjldfk");
  await expect(page.getByText(/Таких помещений нет|свободн(ое|ых) помещени/).first()).toBeVisible();
});

test("what became free this morning is told with the leads that it fits, and the lead's board opens on it", async ({
  page,
  login,
  look,
}) => {
  const [premises] = await look.sql<{ id: string; address: string }[]>`
    select p.id, p.address from premises p where p.address is not null and not exists (
      select from vacancies v where v.premises_id = p.id and (v.to_on is null or v.to_on > now() - interval '7 days'))
    order by p.id limit 1`;
  const turn = () => look.sql`update market_state set version = version + 1`;
  await look.sql`insert into vacancies (premises_id, from_on, rent_rub_month, source)
    values (${premises!.id}, (now() at time zone 'Asia/Novosibirsk')::date, 60000, 'export')`;
  await turn();
  try {
    await login("manager");
    await page.goto("/premises/newly-free");
    const card = page
      .getByRole("article")
      .filter({ hasText: `№ ${premises!.id}` })
      .first();
    await expect(card.getByText(/^Освободилось/)).toBeVisible();
    await expect(card.getByText(/Подходит|подходящих нет/).first()).toBeVisible();
    const lead = card.getByRole("article").first();
    if ((await card.getByRole("article").count()) > 0) {
      await lead.getByRole("link").click();
      const panel = page.getByRole("complementary", { name: "Помещение" });
      await expect(panel.getByRole("heading", { level: 2, name: premises!.address })).toBeVisible();
    }
  } finally {
    await look.sql`delete from vacancies where premises_id = ${premises!.id} and rent_rub_month = 60000 and to_on is null`;
    await turn();
  }
});

test("without a network the list says so, and comes when the network does", async ({
  page,
  login,
  look,
  complaints,
}) => {
  const [premises] = await look.sql<{ id: string }[]>`
    select premises_id as id from vacancies where to_on is null and from_on < now() - interval '30 days' order by 1 limit 1`;
  await login("manager");
  await page.goto(`/premises/${premises!.id}`);
  await expect(leadCards(page).first()).toBeVisible();
  await page.context().setOffline(true);
  await page.getByText("Не подходит", { exact: true }).first().click();
  await expect(page.getByText(/Не получилось загрузить|Примеряю к открытым лидам/).first()).toBeVisible();
  await page.context().setOffline(false);
  const retry = page.getByRole("button", { name: "Повторить" });
  await expect(retry.or(leadCards(page).first())).toBeVisible();
  if (await retry.isVisible()) await retry.click();
  await expect(page.getByText(/подходит \d+/)).toBeVisible();
  expect(complaints.splice(0).filter((text) => !offline(text))).toEqual([]);
});

test("premises that are not there are a page that is not there", async ({ page, login, complaints }) => {
  await login("manager");
  const answer = await page.goto("/premises/nowhere");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Такого помещения нет" })).toBeVisible();
  // The browser notes the 404 of the page itself.
  expect(complaints.splice(0).filter((text) => !text.includes("404"))).toEqual([]);
});

test("a past day shows who was open then, and without leads where it was not free", async ({ page, login, look }) => {
  const [premises] = await look.sql<{ id: string; day: string }[]>`
    select premises_id as id, (from_on - 1)::text as day from vacancies v
    where to_on is null and not exists (select from vacancies b where b.premises_id = v.premises_id and b.id <> v.id)
    order by 1 limit 1`;
  await login("manager");
  await page.goto(`/premises/${premises!.id}?asOf=${premises!.day}`);
  await expect(page.getByText(/Вы смотрите на/)).toBeVisible();
  await expect(page.getByText("Помещение не свободно")).toBeVisible();
  await page.getByRole("button", { name: "К сегодняшнему дню" }).click();
  await expect(page.getByText(/подходит \d+/)).toBeVisible();
});
