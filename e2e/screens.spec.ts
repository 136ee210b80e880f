import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { call, draftProposal, expect, type Lead, openPilot, type Role, sendProposal, test } from "./test.ts";

const pictures = path.resolve(import.meta.dirname, "../docs/screenshots");

interface Screen {
  name: string;
  /** Ready to be looked at. */
  open(page: Page, lead: Lead): Promise<void>;
  signedIn: boolean;
  /** As whom; a manager where it is left out. */
  as?: Role;
}

const screens: Screen[] = [
  {
    name: "login",
    signedIn: false,
    open: async (page) => {
      await page.goto("/login");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    },
  },
  {
    name: "leads",
    signedIn: true,
    open: async (page) => {
      await page.goto("/leads");
      await expect(page.getByRole("row").nth(1)).toBeVisible();
    },
  },
  {
    name: "leads-none",
    signedIn: true,
    open: async (page) => {
      await page.goto("/leads?q=%D1%89%D1%89%D1%89%D1%89%D1%89%D1%89");
      await expect(page.getByText(/щщщщщщ/)).toBeVisible();
    },
  },
  {
    name: "leads-filters",
    signedIn: true,
    open: async (page) => {
      await page.goto("/leads?fill=some&seen=unseen&view=lines");
      await page.getByRole("button", { name: /^(Фильтры|Filters)/ }).click();
      await expect(page.getByRole("combobox").first()).toBeVisible();
    },
  },
  {
    name: "leads-filtered-empty",
    signedIn: true,
    open: async (page) => {
      await page.goto("/leads?from=1999-01-01&to=1999-01-02&view=cards");
      await expect(page.getByText(/По этим фильтрам ничего нет|Nothing fits these filters/)).toBeVisible();
    },
  },
  {
    name: "palette",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/leads/${lead.id}`);
      await expect(page.locator("article").first()).toBeVisible();
      await page.keyboard.press("Control+KeyK");
      await expect(page.getByRole("dialog").getByText(/№/).first()).toBeVisible();
    },
  },
  {
    name: "answer",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/leads/${lead.id}`);
      await expect(page.locator("article").first()).toBeVisible();
      const details = page.getByRole("button", { name: /^(О лиде|About the lead|Lead)/ });
      if (await details.isVisible()) await details.click();
      await page.getByRole("button", { name: /^(Бюджет|Budget):/ }).click();
      await page.getByRole("dialog").getByRole("textbox").fill("90 000");
      await expect(page.getByText(/Станет:|Подбор не изменится|Would be:|would not change/)).toBeVisible();
    },
  },
  {
    name: "board",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/leads/${lead.id}`);
      await expect(page.locator("article").first()).toBeVisible();
    },
  },
  {
    name: "premises",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/leads/${lead.id}`);
      await page.locator("section[data-side=keep] article [data-premises]").first().click();
      await expect(page.getByRole("heading", { level: 2 }).last()).toBeVisible();
      await expect(page.locator(".recharts-line").first()).toBeAttached();
      await expect(
        page.getByRole("heading", { level: 3, name: /Что было с помещением|What happened to the premises/ }),
      ).toBeVisible();
    },
  },
  {
    name: "picked",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/leads/${lead.id}`);
      const boxes = page.locator("section[data-side=keep] article").getByRole("checkbox");
      await boxes.nth(0).click();
      await boxes.nth(1).click();
      await boxes.nth(2).click();
      await expect(page.locator("article[data-picked]")).toHaveCount(3);
    },
  },
  {
    name: "compare",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/leads/${lead.id}`);
      const boxes = page.locator("section[data-side=keep] article").getByRole("checkbox");
      for (const place of [0, 1, 2]) await boxes.nth(place).click();
      await expect(page.locator("article[data-picked]")).toHaveCount(3);
      await page.keyboard.press("KeyC");
      await expect(page.getByRole("dialog").getByRole("columnheader")).toHaveCount(3);
    },
  },
  {
    name: "mark-together",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/leads/${lead.id}?side=remove`);
      await page.locator("section[data-side=remove] article").first().getByRole("checkbox").click();
      await expect(page.locator("article[data-picked]")).toHaveCount(1);
      await page.keyboard.press("Shift+KeyX");
      await expect(page.getByRole("dialog").getByRole("radio").first()).toBeVisible();
    },
  },
  {
    name: "map",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/leads/${lead.id}?map=true`);
      await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "as-of",
    signedIn: true,
    open: async (page, lead) => {
      const day = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
      await page.goto(`/leads/${lead.id}?asOf=${day}`);
      await expect(page.locator("article").first()).toBeVisible();
    },
  },
  {
    name: "proposals",
    signedIn: true,
    open: async (page, lead) => {
      await sendProposal(page, lead);
      await draftProposal(page, lead);
      await page.goto("/proposals");
      await expect(page.getByRole("main").getByRole("listitem").nth(1)).toBeVisible();
    },
  },
  {
    name: "proposal-draft",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/proposals/${await draftProposal(page, lead)}`);
      await expect(page.locator("[data-handle]").first()).toBeVisible();
    },
  },
  {
    name: "proposal-sent",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto(`/proposals/${(await sendProposal(page, lead)).proposalId}`);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(/\d{4}-\d{4}/);
    },
  },
  {
    name: "proposal-shared",
    signedIn: true,
    open: async (page, lead) => {
      await page.goto((await sendProposal(page, lead)).path);
      await expect(page.getByRole("article")).toBeVisible();
    },
  },
  {
    name: "pilots",
    signedIn: true,
    as: "owner",
    open: async (page) => {
      await openPilot(page);
      await page.goto("/admin/pilot");
      await expect(page.getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "pilot",
    signedIn: true,
    as: "owner",
    open: async (page) => {
      await page.goto(`/admin/pilot/${await openPilot(page)}`);
      await expect(page.getByRole("listitem").nth(9)).toBeVisible();
    },
  },
  {
    name: "pilot-verdict",
    signedIn: true,
    as: "owner",
    open: async (page) => {
      const pilots = await call<{ pilotId: string; status: string }[]>(page, "pilot.list", undefined, "query");
      const decided = pilots.find(({ status }) => status === "decided");
      test.skip(!decided, "the pilot's own story has not run");
      await page.goto(`/admin/pilot/${decided!.pilotId}`);
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    },
  },
  {
    name: "pilot-review",
    signedIn: true,
    as: "owner",
    open: async (page) => {
      await page.goto(`/admin/pilot/${await openPilot(page)}/1`);
      await expect(page.locator("[data-case]").first()).toBeVisible();
    },
  },
  {
    name: "models",
    signedIn: true,
    as: "admin",
    open: async (page) => {
      await page.goto("/admin/models");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "model",
    signedIn: true,
    as: "admin",
    open: async (page) => {
      const { models } = await call<{ models: { modelId: number }[] }>(page, "models.list", undefined, "query");
      const [newest, before] = models.map(({ modelId }) => modelId);
      await page.goto(`/admin/models/${newest}${before === undefined ? "" : `?with=${before}`}`);
      await expect(page.getByRole("heading", { level: 2, name: /Из чего сделана|What it was made of/ })).toBeVisible();
      if (before !== undefined) await expect(page.getByRole("table").first()).toBeVisible();
    },
  },
  {
    name: "data-quality",
    signedIn: true,
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/data");
      await expect(page.getByRole("table").nth(1)).toBeVisible();
      await expect(page.getByRole("heading", { level: 3 }).last()).toBeVisible();
    },
  },
  {
    name: "data-rows",
    signedIn: true,
    as: "admin",
    open: async (page) => {
      await page.goto("/admin/data?check=oddBudget");
      await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "keys",
    signedIn: true,
    open: async (page) => {
      await page.goto("/leads");
      await expect(page.getByRole("row").nth(1)).toBeVisible();
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press("Shift+Slash");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "stock",
    signedIn: true,
    open: async (page) => {
      await page.goto("/premises");
      await expect(page.getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "stock-none",
    signedIn: true,
    open: async (page) => {
      await page.goto("/premises?q=%D1%89%D1%89%D1%89%D1%89%D1%89%D1%89");
      await expect(page.getByText(/Таких помещений нет|There are no such premises/)).toBeVisible();
    },
  },
  {
    name: "stock-premises",
    signedIn: true,
    open: async (page) => {
      await page.goto("/premises");
      await page.getByRole("listitem").getByRole("link").first().click();
      await expect(page.getByRole("article").first()).toBeVisible();
    },
  },
  {
    name: "newly-free",
    signedIn: true,
    open: async (page) => {
      const month = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
      await page.goto(`/premises/newly-free?since=${month}`);
      await expect(page.getByRole("article").first()).toBeVisible();
      await expect(page.locator("[role=status]:has([data-animate])")).toHaveCount(0);
    },
  },
  {
    name: "me",
    signedIn: true,
    open: async (page) => {
      await page.goto("/me");
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
      await expect(page.getByText(/Сравниваю ваши|Comparing your/)).toHaveCount(0);
    },
  },
];

const widths = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];

for (const scheme of ["light", "dark"] as const) {
  for (const locale of ["ru", "en"] as const) {
    for (const size of widths) {
      test.describe(`${scheme}, ${locale}, ${size.width}`, () => {
        test.use({ colorScheme: scheme, viewport: size, contextOptions: { reducedMotion: "reduce" } });

        for (const screen of screens) {
          test(`${screen.name} has no fault that axe finds, one h1, and no sideways scroll`, async ({
            page,
            login,
            lead,
            baseURL,
          }) => {
            await page.context().addCookies([{ name: "NEXT_LOCALE", value: locale, url: baseURL! }]);
            if (screen.signedIn) await login(screen.as ?? "manager");
            await screen.open(page, lead);
            await expect(page.locator("html")).toHaveAttribute("lang", locale);
            await page.evaluate(() => document.fonts.ready);
            const { violations } = await new AxeBuilder({ page }).analyze();
            expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual(
              [],
            );
            await expect(page.getByRole("heading", { level: 1, includeHidden: true })).toHaveCount(1);
            const overflow = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            expect(overflow).toBeLessThanOrEqual(0);
            if (process.env.SCREENSHOTS === "1" && locale === "ru")
              await page.screenshot({ path: path.join(pictures, `${screen.name}-${size.width}-${scheme}.png`) });
          });
        }
      });
    }
  }
}
