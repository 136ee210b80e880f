import type { Page } from "@playwright/test";
import { draftProposal, expect, type Lead, pressRussian, sendProposal, test } from "./test.ts";

/** A page, what the focus must come by on it, and what it does where it is pressed. */
interface Stop {
  path: string;
  /** What comes last in it. */
  ready: (page: Page) => Promise<void>;
  wanted: string[];
}

async function stops(page: Page, lead: Lead): Promise<Stop[]> {
  const { proposalId } = await sendProposal(page, lead);
  const draftId = await draftProposal(page, lead);
  const article = (page: Page) => expect(page.getByRole("article").first()).toBeVisible();
  // Whether anything became free since yesterday is the market's luck.
  const twoMonthsAgo = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
  const row = (page: Page) => expect(page.getByRole("listitem").first()).toBeVisible();
  return [
    { path: `/leads/${lead.id}`, ready: article, wanted: ["SELECT", "INPUT", "checkbox", "Карта"] },
    { path: "/premises", ready: row, wanted: ["search", "SELECT", "INPUT", "A"] },
    { path: `/premises/newly-free?since=${twoMonthsAgo}`, ready: row, wanted: ["INPUT", "A"] },
    {
      path: "/me",
      ready: (page) => expect(page.getByText("Сравниваю ваши")).toHaveCount(0),
      wanted: ["switch", "radio", "INPUT", "Сменить пароль"],
    },
    { path: "/proposals", ready: row, wanted: ["A", "BUTTON"] },
    {
      path: `/proposals/${draftId}`,
      ready: (page) => expect(page.locator("[data-handle]").first()).toBeVisible(),
      wanted: ["INPUT", "TEXTAREA", "Отправить"],
    },
    {
      path: `/proposals/${proposalId}`,
      ready: (page) => expect(page.getByRole("button", { name: "Создать ссылку" })).toBeVisible(),
      wanted: ["Создать ссылку"],
    },
  ];
}

/** Presses Tab through the page, or its first sixty stops; each must be in sight. Answers with their names and kinds. */
async function tabThrough(page: Page, where: string): Promise<Set<string>> {
  const met = new Set<string>();
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    let focus = await lookAtFocus(page);
    if (focus.tag === "BODY") break;
    await expect(async () => {
      if (!focus.seen) focus = await lookAtFocus(page);
      expect(focus.seen, `${where}: «${focus.name || focus.role}» has the focus and is in sight`).toBe(true);
    }).toPass({ timeout: 3_000 });
    for (const one of [focus.name, focus.tag, focus.role]) met.add(one);
  }
  return met;
}

function lookAtFocus(page: Page): Promise<{ name: string; tag: string; role: string; seen: boolean }> {
  return page.evaluate(() => {
    const active = document.activeElement as HTMLElement;
    // A choice that a library draws itself is without size, and seen by its label.
    const label = active instanceof HTMLInputElement ? active.labels?.[0] : undefined;
    const shown = active.getBoundingClientRect().width > 0 ? active : (label ?? active);
    const box = shown.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
      name: (active.ariaLabel ?? active.textContent ?? "").trim(),
      tag: active.tagName,
      role: active.getAttribute("role") ?? (active as HTMLInputElement).type ?? "",
      seen: box.width > 0 && hit !== null && (shown.contains(hit) || hit.contains(shown)),
    };
  });
}

test("without a mouse one reaches everything on every page, and always sees where one is", async ({
  page,
  login,
  lead,
}) => {
  test.setTimeout(180_000);
  await login("manager");
  for (const { path, ready, wanted } of await stops(page, lead)) {
    await page.goto(path);
    await ready(page);
    const met = await tabThrough(page, path);
    for (const one of wanted) expect.soft([...met], `${path} has «${one}»`).toContain(one);
  }
});

test("by keys alone: open a premises and its lead, turn a setting and back, fill in a proposal and send it", async ({
  page,
  login,
  lead,
  look,
}) => {
  test.setTimeout(120_000);
  await login("manager");
  await page.goto("/premises");
  await expect(page.getByRole("listitem").first()).toBeVisible();
  await expect(async () => {
    await pressRussian(page, "KeyJ");
    await expect(page.locator("[data-row]:focus")).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/premises\/[^/]+$/);
  await expect(page.getByRole("heading", { level: 2, name: "Что вокруг и что было" })).toBeVisible();
  const card = page.getByRole("article").first().getByRole("link").first();
  await tabTo(page, () => card.evaluate((link) => link === document.activeElement));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/leads\//);

  await page.goto("/me");
  const keys = page.getByRole("switch", { name: "Клавиши без Ctrl" });
  await expect(keys).toBeChecked();
  await tabTo(page, () => keys.evaluate((one) => one === document.activeElement));
  await page.keyboard.press("Space");
  await expect(keys).not.toBeChecked();
  await page.keyboard.press("Space");
  await expect(keys).toBeChecked();
  await look.sql`delete from user_preferences`;

  await page.goto(`/proposals/${await draftProposal(page, lead)}`);
  const phone = page.getByLabel("Телефон");
  await expect(phone).toBeVisible();
  await tabTo(page, () => phone.evaluate((one) => one === document.activeElement));
  await page.keyboard.press("Control+KeyA");
  await page.keyboard.type("+7 383 200-00-01");
  await expect(page.getByText("Черновик · всё сохранено")).toBeVisible();
  const send = page.getByRole("button", { name: "Отправить", exact: true });
  await tabTo(page, () => send.evaluate((one) => one === document.activeElement), "Shift+Tab");
  await page.keyboard.press("Enter");
  const confirm = page.getByRole("dialog").getByRole("button", { name: "Отправить", exact: true });
  await expect(confirm).toBeVisible();
  await tabTo(page, () => confirm.evaluate((one) => one === document.activeElement));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/КП № \d{4}-\d{4}/);
});

async function tabTo(page: Page, isThere: () => Promise<boolean>, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  throw new Error("Sixty presses do not reach it.");
}

test.describe("at twice the size", () => {
  // What a window of 1440 by 900 shows at a zoom of 200 %.
  test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });

  test("no page is cut off sideways, and its deeds can be reached", async ({ page, login, lead }) => {
    test.setTimeout(120_000);
    await login("manager");
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    for (const { path, ready } of await stops(page, lead)) {
      await page.goto(path);
      await ready(page);
      expect.soft(await sideways(), path).toBeLessThanOrEqual(0);
      const buttons = page.getByRole("main").getByRole("button");
      for (const button of await buttons.all()) {
        if (!(await button.isVisible())) continue;
        await button.scrollIntoViewIfNeeded();
        const box = await button.boundingBox();
        expect.soft(box && box.x >= 0 && box.x + box.width <= 720, `${path}: ${await button.innerText()}`).toBe(true);
        if (path.startsWith("/leads/")) break;
      }
    }
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("the bar names the place, whole, and leads to the others", async ({ page, login }) => {
    await login("manager");
    await page.goto("/premises/newly-free");
    const menu = page.getByRole("button", { name: "Главное меню Освободились" });
    await expect(menu).toBeVisible();
    expect(
      await menu
        .locator("span")
        .last()
        .evaluate((word) => word.scrollWidth - word.clientWidth),
    ).toBe(0);
    await menu.click();
    const places = page.getByRole("menu", { name: "Главное меню" }).getByRole("menuitem");
    await expect(places).toHaveText(["Лиды", "Помещения", "Освободились", "Подборки"]);
    await expect(places.filter({ hasText: "Освободились" })).toHaveAttribute("aria-current", "page");
    await places.filter({ hasText: "Подборки" }).click();
    await expect(page).toHaveURL(/\/proposals$/);
    await expect(page.getByRole("button", { name: "Главное меню Подборки" })).toBeVisible();
    await page.getByRole("button", { name: "Найти лид" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  });
});
