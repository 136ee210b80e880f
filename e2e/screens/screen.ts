import type { Page } from "@playwright/test";
import type { Look } from "#/db/testing/look-into.ts";
import type { Lead, Role } from "../test.ts";

/** What a screen may show: a lead of the manager who walks, and a look into the database. */
export interface Market {
  lead: Lead;
  look: Look;
}

/**
 * A screen, as data. To have one walked, write it into the list of its area: `workspace.ts` for managers and clients, `admin.ts`
 * for the owner and administrators. The walk (`walk.ts`) opens it as `as`, in both languages, wide and narrow, and in
 * both themes holds it to axe, to one h1 and to no sideways scroll; `SCREENSHOTS=1` pictures it and `docs/screens.md` shows it.
 *
 * `SCREENS=board,map npm run test:e2e -- --no-deps screens` walks those two alone.
 */
export interface Screen {
  /** Of its pictures, too: kebab-case. */
  name: string;
  /** Under its picture. */
  about: string;
  /** Whoever opens it; "nobody" is not signed in. */
  as: Role | "nobody";
  /** Pictured narrow and dark, too. */
  main?: true;
  /**
   * Goes there and waits for what comes last in it. The browser is signed in already, and comes from the screen before: begin with
   * `page.goto`, and look for things in both languages.
   */
  open(page: Page, market: Market): Promise<void>;
}
