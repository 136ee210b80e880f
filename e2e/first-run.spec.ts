import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { freePort } from "#/db/testing/free-port.ts";
import { firstRun } from "./screens/first-run.ts";
import { axeFaults, expectToFit, turn } from "./screens/look-at.ts";
import { type Pictured, pictureName, pictures, picturesOf, picturing } from "./screens/picture.ts";
import { test as base, expect } from "./test.ts";

const checkout = path.resolve(import.meta.dirname, "..");
const admin = { email: "first@example.ru", password: "нас пока один человек" };

/** A server of its own beside the market's, with nothing in it but its first administrator. */
const test = base.extend<{ emptyServer: string }>({
  emptyServer: async ({ page }, use, testInfo) => {
    const port = await freePort();
    const home = testInfo.outputPath("home");
    const env = {
      ...process.env,
      OSTAP_HOME: home,
      PORT: String(port),
      DATABASE_URL: "",
      LANG: "ru",
      LOG_LEVEL: "warn",
    };
    const run = (...args: string[]) =>
      spawn(process.execPath, args, { cwd: checkout, env, stdio: ["pipe", "ignore", "inherit"] });
    const server = run("server/cli/start.ts");
    try {
      const url = `http://127.0.0.1:${port}`;
      await expect
        .poll(
          () =>
            fetch(`${url}/api/health`).then(
              ({ ok }) => ok,
              () => server.exitCode,
            ),
          { timeout: 60_000 },
        )
        .toBe(true);
      const who = ["--email", admin.email, "--name", "Первая Анна", "--role", "admin", "--password-stdin"];
      const create = run("server/cli/ostap.ts", "user", "create", ...who);
      create.stdin.end(admin.password);
      expect(await exitOf(create)).toBe(0);
      await use(url);
      // A page that asks a server that has gone complains.
      await page.goto("about:blank");
    } finally {
      server.kill("SIGTERM");
      await exitOf(server);
      await rm(home, { recursive: true, force: true });
    }
  },
});

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("an empty database is filled with the demo by a button, which may be thought better of", async ({
  page,
  emptyServer,
}) => {
  test.setTimeout(180_000);
  const offer = page.getByRole("button", { name: "Загрузить демо" });
  const dialog = page.getByRole("dialog", { name: "Загрузить демо-рынок?" });
  const confirm = dialog.getByRole("button", { name: "Загрузить", exact: true });
  const progress = page.getByRole("progressbar", { name: "Загрузка демо" });
  const [empty, ask, loading] = firstRun;

  await test.step("its first administrator comes to empty lists, and both say what to do", async () => {
    await page.goto(`${emptyServer}/login`);
    await page.getByLabel("Почта").fill(admin.email);
    await page.getByLabel("Пароль", { exact: true }).fill(admin.password);
    await page.getByRole("button", { name: "Войти" }).click();
    await page.getByRole("button", { name: "Не показывать" }).click();
    await page.getByRole("link", { name: "Помещения" }).click();
    await expect(page.getByText("Помещений пока нет")).toBeVisible();
    await expect(offer).toBeVisible();
    await page.getByRole("link", { name: "Лиды" }).click();
    await expect(page.getByText("Лидов пока нет")).toBeVisible();
    await expect(page.getByRole("link", { name: "К загрузкам" })).toBeVisible();
    await lookAt(page, empty);
  });

  await test.step("the demo is asked for twice", async () => {
    await offer.click();
    await lookAt(page, ask);
    await dialog.getByRole("button", { name: "Не загружать" }).first().click();
    await expect(dialog).toBeHidden();
    await offer.click();
    await confirm.click();
  });

  await test.step("a reload in the middle loses nothing; cancelled, the database is as empty as before", async () => {
    await expect(progress).toBeVisible();
    await page.reload();
    await expect(progress).toBeVisible();
    await page.getByRole("button", { name: "Отменить загрузку" }).click();
    await expect(page.getByText("Загрузка демо отменена, база осталась пустой")).toBeVisible();
    await expect(offer).toBeVisible();
  });

  await test.step("once more, to the end: leads and premises by themselves, and a training that may be watched", async () => {
    await offer.click();
    await confirm.click();
    await expect(progress).toBeVisible();
    await lookAt(page, loading);
    await expect(page.getByRole("row").nth(10)).toBeVisible({ timeout: 90_000 });
    await page.getByRole("link", { name: "Как идёт обучение" }).click();
    await expect(page.getByRole("progressbar")).toBeVisible();
    await page.getByRole("link", { name: "Помещения" }).click();
    await expect(page.getByRole("listitem").nth(5)).toBeVisible();
  });
});

/** The wide and the narrow window, each in both themes: nothing for axe to find, no sideways scroll. */
async function lookAt(page: Page, screen: Pictured): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectToFit(page, `${screen.name} at ${width}`);
    for (const scheme of ["light", "dark"] as const) {
      await turn(page, scheme);
      const picture = pictureName(screen, width, scheme);
      if (picturing && picturesOf(screen).includes(picture))
        await page.screenshot({ path: path.join(pictures, picture) });
      expect.soft(await axeFaults(page), `${screen.name}, ${width}, ${scheme}: axe`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}
