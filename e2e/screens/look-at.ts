import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "../test.ts";

/** Gives the page the other theme, as the system does when evening comes. */
export async function turn(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
  // Half-turned colours are nobody's. Counted frame by frame: the promise of a transition that a picture cut short never settles.
  await expect
    .poll(() =>
      page.evaluate(async () => {
        await document.fonts.ready;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const turning = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
        return turning.filter(({ playState }) => playState === "running").length;
      }),
    )
    .toBe(0);
}

/**
 * What axe finds, all of its rules asked. We have no frames, so it may run within the page (its "legacy" mode) and bring violations
 * alone: the other way, all that passed travels out and back, which takes ten times as long.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  expect(page.frames(), "frames are not looked into").toHaveLength(1);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
}

export async function expectToFit(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await painted();
    await painted();
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  });
  expect.soft(overflow, `${what}: sideways scroll, px`).toBeLessThanOrEqual(0);
}
