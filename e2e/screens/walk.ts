import path from "node:path";
import { expect, test } from "../test.ts";
import { axeFaults, expectToFit, turn } from "./look-at.ts";
import { pictureName, pictures, picturesOf, picturing } from "./picture.ts";
import type { Screen } from "./screen.ts";

const wanted = process.env.SCREENS?.split(",");

/**
 * Opened in one theme and turned to the other before the eyes, each theme once first. Colours do not depend on words: in English
 * each is opened alone.
 */
const walks = [
  { locale: "ru", width: 1440, height: 900, schemes: ["light", "dark"] },
  { locale: "ru", width: 360, height: 740, schemes: ["dark", "light"] },
  { locale: "en", width: 1440, height: 900, schemes: ["light"] },
  { locale: "en", width: 360, height: 740, schemes: ["dark"] },
] as const;
/** Where nothing else is asked of a screen than that it fits; the wide one is made so, as one drags a window. */
const otherWidths = [1920, 1024, 768];

/** A test a role and walk: what it opens has no fault that axe finds, one h1, no sideways scroll, and a silent console. */
export function walkScreens(screens: readonly Screen[]): void {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  for (const { locale, width, height, schemes } of walks)
    for (const who of ["nobody", "manager", "owner", "admin"] as const) {
      const walked = screens.filter(({ name, as }) => as === who && (wanted?.includes(name) ?? true));
      if (walked.length > 0)
        test.describe(`${locale}, ${width}`, () => {
          test.use({ viewport: { width, height }, colorScheme: schemes[0] });

          test(`what ${who} sees has no fault that axe finds, one h1, and no sideways scroll`, async ({
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
                  if (picturing && locale === "ru" && picturesOf(screen).includes(pictureName(screen, width, scheme)))
                    await page.screenshot({ path: path.join(pictures, pictureName(screen, width, scheme)) });
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
