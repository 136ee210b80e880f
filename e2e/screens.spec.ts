import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { admin } from "./screens/admin.ts";
import type { Screen } from "./screens/screen.ts";
import { workspace } from "./screens/workspace.ts";
import { expect, test } from "./test.ts";

const pictures = path.resolve(import.meta.dirname, "../docs/screenshots");
const picturing = process.env.SCREENSHOTS === "1";
const wanted = process.env.SCREENS?.split(",");
const screens = [...workspace, ...admin].filter(({ name }) => wanted?.includes(name) ?? true);

/** Opened in one theme and turned to the other before the eyes, each theme once first. */
const walks = [
  { width: 1440, height: 900, schemes: ["light", "dark"] },
  { width: 360, height: 740, schemes: ["dark", "light"] },
] as const;
/** Where nothing else is asked of a screen than that it fits; the wide one is made so, as one drags a window. */
const otherWidths = [1920, 1024, 768];

test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const locale of ["ru", "en"] as const) {
  for (const { width, height, schemes } of walks) {
    for (const who of ["nobody", "manager", "owner", "admin"] as const) {
      const walked = screens.filter((screen) => screen.as === who);
      if (walked.length > 0)
        test.describe(`${locale}, ${width}`, () => {
          test.use({ viewport: { width, height }, colorScheme: schemes[0] });

          test(`what ${who} sees has no fault that axe finds in either theme, one h1, and no sideways scroll`, async ({
            page,
            login,
            lead,
            look,
            complaints,
            baseURL,
          }) => {
            test.setTimeout(walked.length * 60_000);
            await page.context().addCookies([{ name: "NEXT_LOCALE", value: locale, url: baseURL! }]);
            if (who !== "nobody") await login(who);
            for (const screen of walked) {
              await test.step(screen.name, async () => {
                await page.setViewportSize({ width, height });
                await page.emulateMedia({ colorScheme: schemes[0] });
                const fault = await screen.open(page, { lead, look }).catch((error: unknown) => error);
                expect.soft(fault, `${screen.name} opens`).toBeUndefined();
                if (fault !== undefined) return;
                await expect.soft(page.locator("html"), screen.name).toHaveAttribute("lang", locale);
                await expect
                  .soft(page.getByRole("heading", { level: 1, includeHidden: true }), `${screen.name}: one h1`)
                  .toHaveCount(1);
                await expectToFit(page, `${screen.name} at ${width}`);
                for (const scheme of schemes) {
                  await turn(page, scheme);
                  expect.soft(await axeFaults(page), `${screen.name}, ${scheme}: axe`).toEqual([]);
                  if (picturing && locale === "ru" && isPictured(screen, width, scheme))
                    await page.screenshot({ path: path.join(pictures, `${screen.name}-${width}-${scheme}.png`) });
                }
                if (width === 1440)
                  for (const other of otherWidths) {
                    await page.setViewportSize({ width: other, height });
                    await expectToFit(page, `${screen.name} at ${other}`);
                  }
                expect.soft(complaints.splice(0), `${screen.name}: the console is silent`).toEqual([]);
              });
            }
          });
        });
    }
  }
}

function isPictured(screen: Screen, width: number, scheme: string): boolean {
  return screen.main === true || (width === 1440 && scheme === "light");
}

/** Gives the page the other theme, as the system does when evening comes. */
async function turn(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
  // Half-turned colours are nobody's.
  await page.evaluate(async () => {
    await document.fonts.ready;
    const turning = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(turning.map((animation) => animation.finished));
  });
}

/**
 * What axe finds, all of its rules asked. We have no frames, so it may run within the page (its "legacy" mode) and bring violations
 * alone: the other way, all that passed travels out and back, which takes ten times as long.
 */
async function axeFaults(page: Page): Promise<string[]> {
  expect(page.frames(), "frames are not looked into").toHaveLength(1);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
}

async function expectToFit(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await painted();
    await painted();
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  });
  expect.soft(overflow, `${what}: sideways scroll, px`).toBeLessThanOrEqual(0);
}
