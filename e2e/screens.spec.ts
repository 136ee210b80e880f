import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { admin } from "./screens/admin.ts";
import { firstRun } from "./screens/first-run.ts";
import { axeFaults, expectToFit, turn } from "./screens/look-at.ts";
import { type Pictured, pictureName, pictures, picturesOf, picturing } from "./screens/picture.ts";
import { workspace } from "./screens/workspace.ts";
import { expect, test } from "./test.ts";

const docs = path.resolve(import.meta.dirname, "../docs/screens.md");
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
}

test("docs/screens.md shows the pictures that there are, and each is of a screen that there is", async () => {
  const known = [...firstRun, ...workspace, ...admin].flatMap(picturesOf);
  const taken = async () => (await readdir(pictures)).sort();
  if (picturing) {
    for (const picture of await taken()) if (!known.includes(picture)) await rm(path.join(pictures, picture));
    await writeFile(docs, pageOfScreens(await taken()));
  }
  expect((await taken()).filter((picture) => !known.includes(picture))).toEqual([]);
  expect(
    await readFile(docs, "utf8"),
    "SCREENSHOTS=1 npm run test:e2e -- screens.spec.ts first-run.spec.ts makes it anew",
  ).toBe(pageOfScreens(await taken()));
});

function pageOfScreens(taken: readonly string[]): string {
  const shown = (screen: Pictured) => {
    const [wide, ...more] = picturesOf(screen).filter((picture) => taken.includes(picture));
    if (wide === undefined) return [];
    const links = more.map((picture) => {
      const [, width, scheme] = picture.match(/-(\d+)-(\w+)\.png$/)!;
      return `[${width === "360" ? "on a phone, " : ""}${scheme}](screenshots/${picture})`;
    });
    const about = `${screen.about}.${links.length > 0 ? ` Also ${links.join(" · ")}.` : ""}`;
    return [`### ${screen.name}\n\n${about}\n\n![${screen.about}](screenshots/${wide})\n`];
  };
  return [
    "# The screens\n",
    "Made by the browser tests that walk them: `SCREENSHOTS=1 npm run test:e2e -- screens.spec.ts first-run.spec.ts`. Data and people are made up.\n",
    "## Managers and their clients\n",
    ...workspace.flatMap(shown),
    "## The owner and administrators\n",
    ...admin.flatMap(shown),
    "## The first run\n",
    ...firstRun.flatMap(shown),
  ].join("\n");
}
