import { expect, loginOf, test } from "./test.ts";

test("whoever is not signed in comes to the sign-in, and from there to where he wanted", async ({ page, lead }) => {
  const { email, password } = await loginOf("manager");
  await page.goto(`/leads/${lead.id}`);
  await expect(page).toHaveURL(/\/login\?/);
  await page.getByLabel("Почта").fill(email);
  await page.getByLabel("Пароль", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page).toHaveURL(new RegExp(`/leads/${lead.id}$`));
  await expect(page.getByRole("heading", { level: 1, name: lead.brand })).toBeVisible();
});

test.describe("what goes wrong is said in plain words", () => {
  // A refused sign-in is a 401, which the browser writes into the console by itself.
  test.use({ complaints: async ({ page: _ }, use) => use([]) });

  test("a wrong password, and what was typed stays", async ({ page }) => {
    const { email } = await loginOf("owner");
    await page.goto("/login");
    await page.getByLabel("Почта").fill(email);
    await page.getByLabel("Пароль", { exact: true }).fill("not the password");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "не подходят" })).toBeVisible();
    await expect(page.getByLabel("Почта")).toHaveValue(email);
    await expect(page.getByLabel("Пароль", { exact: true })).toBeFocused();
  });

  test("too many attempts, with the time to wait", async ({ page }) => {
    await page.goto("/login");
    await page.getByLabel("Почта").fill(`nobody-${Date.now()}@example.ru`);
    const alert = page.getByRole("alert").filter({ hasText: /\S/ });
    for (let attempt = 0; attempt < 8; attempt++) {
      await page.getByLabel("Пароль", { exact: true }).fill(`guess ${attempt}`);
      const answered = page.waitForResponse((response) => response.url().includes("/callback/credentials"));
      await page.keyboard.press("Enter");
      if ((await answered).status() === 429) break;
    }
    await expect(alert).toContainText(/Слишком много попыток. Новая попытка — через \d+ секунд/);
  });

  test("no network", async ({ page, context }) => {
    await page.goto("/login");
    await page.getByLabel("Почта").fill("manager@example.ru");
    await page.getByLabel("Пароль", { exact: true }).fill("whatever it is");
    await context.setOffline(true);
    await page.getByRole("button", { name: "Войти" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Нет связи" })).toBeVisible();
    await context.setOffline(false);
  });
});

test("signing out ends the session", async ({ page, login }) => {
  await login("manager");
  await page.goto("/leads");
  await page.getByRole("button", { name: /Учётная запись/ }).click();
  await page.getByRole("menuitem", { name: "Выйти" }).click();
  await expect(page).toHaveURL(/\/login$/);
  await page.goto("/leads");
  await expect(page).toHaveURL(/\/login\?/);
});
