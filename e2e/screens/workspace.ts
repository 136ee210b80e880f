import { createHash, randomUUID } from "node:crypto";
import { draftProposal, expect, sendProposal } from "../test.ts";
import type { Screen } from "./screen.ts";

/** The manager's screens, and what is seen without signing in. */
export const workspace: Screen[] = [
  {
    name: "invite",
    about: "What an invitation's link opens: a password of one's own",
    as: "nobody",
    open: async (page, { look }) => {
      const token = randomUUID();
      const hash = createHash("sha256").update(token).digest("hex");
      await look.sql`
        insert into invitations (user_id, token_sha256, created_by, expires_at)
        select id, ${hash}, 'e2e', now() + interval '1 hour' from users where email = 'manager@example.ru'
        on conflict (user_id) where used_at is null and ended_at is null
          do update set token_sha256 = excluded.token_sha256, expires_at = excluded.expires_at`;
      await page.goto(`/invite/${token}`);
      await expect(page.getByRole("button", { name: /Сохранить и войти|Save and sign in/ })).toBeVisible();
    },
  },
  {
    name: "login",
    about: "Signing in",
    as: "nobody",
    main: true,
    open: async (page) => {
      await page.goto("/login");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    },
  },
  {
    name: "leads",
    about: "The leads a manager has, the latest first",
    as: "manager",
    main: true,
    open: async (page) => {
      await page.goto("/leads");
      await expect(page.getByRole("row").nth(1)).toBeVisible();
    },
  },
  {
    name: "leads-none",
    about: "Nothing found by these words",
    as: "manager",
    open: async (page) => {
      await page.goto("/leads?q=%D1%89%D1%89%D1%89%D1%89%D1%89%D1%89");
      await expect(page.getByText(/щщщщщщ/).filter({ visible: true })).toBeVisible();
    },
  },
  {
    name: "leads-filters",
    about: "Filters, as compact lines",
    as: "manager",
    open: async (page) => {
      await page.goto("/leads?fill=some&seen=unseen&view=lines");
      await page.getByRole("button", { name: /^(Фильтры|Filters)/ }).click();
      await expect(page.getByRole("combobox").first()).toBeVisible();
    },
  },
  {
    name: "leads-filtered-empty",
    about: "Nothing fits the filters, and one button takes them off",
    as: "manager",
    open: async (page) => {
      await page.goto("/leads?from=1999-01-01&to=1999-01-02&view=cards");
      await expect(
        page.getByText(/По этим фильтрам ничего нет|Nothing fits these filters/).filter({ visible: true }),
      ).toBeVisible();
    },
  },
  {
    name: "palette",
    about: "`Ctrl K`: the search from anywhere",
    as: "manager",
    open: async (page, { lead }) => {
      await page.goto(`/leads/${lead.id}`);
      await expect(page.locator("article").first()).toBeVisible();
      await page.keyboard.press("Control+KeyK");
      await expect(
        page
          .getByRole("dialog")
          .getByText(/№|No\./)
          .first(),
      ).toBeVisible();
    },
  },
  {
    name: "answer",
    about: "A wish filled in place, and what it would change",
    as: "manager",
    open: async (page, { lead }) => {
      await page.goto(`/leads/${lead.id}`);
      await expect(page.locator("article").first()).toBeVisible();
      const details = page.getByRole("button", { name: /^(О лиде|About the lead|Lead)/ });
      if (await details.isVisible()) await details.click();
      await page.getByRole("button", { name: /^(Бюджет|Budget):/ }).click();
      await page.getByRole("dialog").getByRole("textbox").fill("90 000");
      await expect(
        page.getByText(/Станет:|Подбор не изменится|Would be:|would not change/).filter({ visible: true }),
      ).toBeVisible();
    },
  },
  {
    name: "board",
    about: "The board of a lead: kept beside removed, each with its reasons",
    as: "manager",
    main: true,
    open: async (page, { lead }) => {
      await page.goto(`/leads/${lead.id}`);
      await expect(page.locator("article").first()).toBeVisible();
    },
  },
  {
    name: "premises",
    about:
      "Details of a premises: reasons, what would have to change, price against chance, similar leases, neighbours, history",
    as: "manager",
    main: true,
    open: async (page, { lead }) => {
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
    about: "Premises picked for a deed together",
    as: "manager",
    open: async (page, { lead }) => {
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
    about: "Up to four side by side",
    as: "manager",
    main: true,
    open: async (page, { lead }) => {
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
    about: "Many marks in one deed, counted before it is done",
    as: "manager",
    open: async (page, { lead }) => {
      await page.goto(`/leads/${lead.id}?side=remove`);
      await page.locator("section[data-side=remove] article").first().getByRole("checkbox").click();
      await expect(page.locator("article[data-picked]")).toHaveCount(1);
      await page.keyboard.press("Shift+KeyX");
      await expect(page.getByRole("dialog").getByRole("radio").first()).toBeVisible();
    },
  },
  {
    name: "map",
    about: "Premises on a plan of the city's districts and banks",
    as: "manager",
    open: async (page, { lead }) => {
      await page.goto(`/leads/${lead.id}?map=true`);
      await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "as-of",
    about: "The board of a past day",
    as: "manager",
    open: async (page, { lead }) => {
      const day = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
      await page.goto(`/leads/${lead.id}?asOf=${day}`);
      await expect(page.locator("article").first()).toBeVisible();
    },
  },
  {
    name: "proposals",
    about: "Proposals, drafts and sent ones",
    as: "manager",
    main: true,
    open: async (page, { lead }) => {
      await sendProposal(page, lead);
      await draftProposal(page, lead);
      await page.goto("/proposals");
      await expect(page.getByRole("main").getByRole("listitem").nth(1)).toBeVisible();
    },
  },
  {
    name: "proposal-draft",
    about: "A proposal in the making, with what the client will see beside it",
    as: "manager",
    main: true,
    open: async (page, { lead }) => {
      await page.goto(`/proposals/${await draftProposal(page, lead)}`);
      await expect(page.locator("[data-handle]").first()).toBeVisible();
    },
  },
  {
    name: "proposal-sent",
    about: "A sent proposal: its links, its PDF, its text for a messenger",
    as: "manager",
    open: async (page, { lead }) => {
      await page.goto(`/proposals/${(await sendProposal(page, lead)).proposalId}`);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(/\d{4}-\d{4}/);
    },
  },
  {
    name: "proposal-shared",
    about: "What the client sees by the link",
    as: "manager",
    main: true,
    open: async (page, { lead }) => {
      await page.goto((await sendProposal(page, lead)).path);
      await expect(page.getByRole("article")).toBeVisible();
    },
  },
  {
    name: "keys",
    about: "`?`: all the keys",
    as: "manager",
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
    about: "Free premises, by the leads they suit",
    as: "manager",
    main: true,
    open: async (page) => {
      await page.goto("/premises");
      await expect(page.getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "stock-none",
    about: "No such premises",
    as: "manager",
    open: async (page) => {
      await page.goto("/premises?q=%D1%89%D1%89%D1%89%D1%89%D1%89%D1%89");
      await expect(
        page.getByText(/Таких помещений нет|There are no such premises/).filter({ visible: true }),
      ).toBeVisible();
    },
  },
  {
    name: "stock-premises",
    about: "A premises and the open leads it fits",
    as: "manager",
    main: true,
    open: async (page) => {
      await page.goto("/premises");
      await page.getByRole("listitem").getByRole("link").first().click();
      await expect(page.getByRole("article").first()).toBeVisible();
    },
  },
  {
    name: "newly-free",
    about: "What became free, with the leads that fit",
    as: "manager",
    main: true,
    open: async (page) => {
      const month = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
      await page.goto(`/premises/newly-free?since=${month}`);
      await expect(page.getByRole("article").first()).toBeVisible();
      await expect(page.locator("[role=status]:has([data-animate])")).toHaveCount(0);
    },
  },
  {
    name: "me",
    about: "One's own page: what the marks changed, the funnel, settings",
    as: "manager",
    main: true,
    open: async (page) => {
      await page.goto("/me");
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
      await expect(page.getByText(/Сравниваю ваши|Comparing your/)).toHaveCount(0);
    },
  },
];
