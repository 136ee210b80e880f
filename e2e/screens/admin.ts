import type { Page } from "@playwright/test";
import { call, decidedPilot, expect, openPilot, sendImport, sendUpload, shadowedModel } from "../test.ts";
import type { Screen } from "./screen.ts";

/** The screens of the owner and of administrators, in the order of their bar. */
export const admin: Screen[] = [
  {
    name: "overview",
    about: "What needs somebody today, and every figure that has a page of its own",
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/overview");
      await expect(page.getByRole("heading", { level: 2 }).nth(7)).toBeVisible();
    },
  },
  {
    name: "quality",
    about: "Whether the model is right: three witnesses, the proxies, and where it was wrong",
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/quality");
      await expect(page.getByRole("heading", { level: 2 }).nth(5)).toBeVisible();
      await expect(page.locator(".recharts-surface").first()).toBeVisible();
    },
  },
  {
    name: "conversion",
    about: "From a lead to a paid lease: cohorts, the funnel, before and after",
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/conversion?period=all");
      await expect(page.getByRole("table").first()).toBeVisible();
      await expect(page.locator(".recharts-surface").first()).toBeVisible();
    },
  },
  {
    name: "experiment",
    about: "A comparison with and without the model, by lot: its rules are said before it begins",
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/conversion/experiment");
      await expect(page.getByRole("main").getByRole("radiogroup").first()).toBeVisible();
    },
  },
  {
    name: "managers",
    about: "What each manager did, and what came of it",
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/managers?period=all&by=leads&down=true");
      await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
    },
  },
  {
    name: "manager",
    about: "One manager: figures, months, conversion and funnel",
    as: "owner",
    open: async (page, { look }) => {
      const [manager] = await look.sql<{ id: string }[]>`select manager_id as id from users where role = 'manager'`;
      await page.goto(`/admin/managers/${manager!.id}?period=all`);
      await expect(page.getByRole("table").first()).toBeVisible();
      await expect(page.locator(".recharts-surface").first()).toBeVisible();
    },
  },
  {
    name: "data-quality",
    about: "The quality of the data: what is filled, and what can hardly be true",
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/data");
      await expect(page.getByRole("table").nth(1)).toBeVisible();
      await expect(page.getByRole("heading", { level: 3 }).last()).toBeVisible();
    },
  },
  {
    name: "data-rows",
    about: "The rows behind a number, and the place to mend them",
    as: "admin",
    open: async (page) => {
      await page.goto("/admin/data?check=unlinkedDeal");
      await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "pilots",
    about: "Pilots",
    as: "owner",
    open: async (page) => {
      await openPilot(page);
      await page.goto("/admin/pilot");
      await expect(page.getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "pilot",
    about: "A pilot: ten drawn leads",
    as: "owner",
    open: async (page) => {
      await page.goto(`/admin/pilot/${await openPilot(page)}`);
      await expect(page.getByRole("listitem").nth(9)).toBeVisible();
    },
  },
  {
    name: "pilot-verdict",
    about: "The verdict of a pilot",
    as: "owner",
    open: async (page, { look }) => {
      await page.goto(`/admin/pilot/${await decidedPilot(page, look)}`);
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    },
  },
  {
    name: "pilot-review",
    about: "A drawn lead's premises, judged blind",
    as: "owner",
    open: async (page) => {
      await page.goto(`/admin/pilot/${await openPilot(page)}/1`);
      await expect(page.locator("[data-case]").first()).toBeVisible();
    },
  },
  {
    name: "models",
    about: "Versions of the model",
    as: "admin",
    open: async (page) => {
      await page.goto("/admin/models");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "model",
    about: "One version beside the one before it",
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
    name: "imports",
    about: "Imports: a file that waits, how it is read, and what came in before",
    as: "admin",
    open: async (page) => {
      const { uploads } = await importsOf(page);
      if (uploads.length === 0) await sendUpload(page, "Лиды за неделю.csv", faultyLeads);
      await page.goto("/admin/imports");
      await expect(page.getByRole("table").first()).toBeVisible();
    },
  },
  {
    name: "import",
    about: "A check of an import: what would change, and what is not taken",
    as: "admin",
    open: async (page) => {
      const checked = async () =>
        (await importsOf(page)).past.find(({ dryRun, totals }) => dryRun && totals.refused > 0)?.runId;
      if (!(await checked())) await sendImport(page, { name: "Лиды.csv", lines: faultyLeads, dryRun: true });
      await expect.poll(checked, { timeout: 30_000 }).toBeDefined();
      await page.goto(`/admin/imports/${await checked()}`);
      await expect(page.getByText(/строка 3|line 3/).first()).toBeVisible();
    },
  },
  {
    name: "users",
    about: "People who may sign in, an invitation, and the keys of other systems",
    as: "admin",
    open: async (page) => {
      await page.goto("/admin/users");
      await expect(page.getByRole("listitem").filter({ hasText: "owner@example.ru" })).toBeVisible();
      await expect(page.getByRole("heading", { level: 2 })).toHaveCount(3);
    },
  },
  {
    name: "user-deeds",
    about: "A role is changed: what each may do",
    as: "admin",
    open: async (page) => {
      await page.goto("/admin/users?q=owner%40example.ru");
      await page.getByRole("button", { name: /^(Действия|Actions): Владелец продукта/ }).click();
      await page.getByRole("menuitem", { name: /Сменить роль|Change role/ }).click();
      await expect(page.getByRole("dialog").getByRole("radio")).toHaveCount(3);
    },
  },
  {
    name: "audit",
    about: "The audit log: whether its chain is whole, and what stands in it",
    as: "admin",
    open: async (page) => {
      await call(page, "audit.check", undefined, "mutation");
      await page.goto("/admin/audit");
      await expect(page.getByText(/^(Журнал цел|The log is whole)$/).filter({ visible: true })).toBeVisible();
      await page
        .getByText(/^(Подробности|Detail)$/)
        .first()
        .click();
      await expect(page.getByText(/в цепочке|in the chain/).first()).toBeVisible();
    },
  },
  {
    name: "jobs",
    about: "Jobs and health: worker, queue, schedule, sizes, backup, versions",
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/jobs");
      await expect(page.getByRole("table")).toBeVisible();
      await expect(page.getByRole("heading", { level: 2 })).toHaveCount(5);
    },
  },
  {
    name: "shadow",
    about: "Where a candidate in the shadow would answer otherwise",
    as: "admin",
    open: async (page, { look }) => {
      await page.goto(`/admin/models/${await shadowedModel(page, look)}`);
      const card = page.getByRole("region", { name: /Теневая проверка|In the shadow/ });
      await expect(card.getByRole("table").nth(1)).toBeVisible();
      await card.scrollIntoViewIfNeeded();
    },
  },
  {
    name: "trainings",
    about: "Trainings: the next one and those before",
    as: "admin",
    open: async (page) => {
      await page.goto("/admin/trainings");
      await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "all-marks",
    about: "Everybody's marks, and whose days stand out",
    as: "owner",
    open: async (page) => {
      await page.goto("/admin/marks");
      await expect(page.getByRole("status").filter({ hasText: /\d/ })).toBeVisible();
    },
  },
];

/** A date, a number and a word of them are wrong. */
const faultyLeads = [
  "ID;Дата создания;Бренд;Площадь от;Какой берег интересует?",
  "look-1;05.01.2019;Ёлка;40;правый",
  "look-2;31.02.2019;Сова;60;левый",
  "look-3;06.01.2019;Лев;много;средний",
];

interface Imports {
  uploads: unknown[];
  past: { runId: number; dryRun: boolean; totals: { refused: number } }[];
}

const importsOf = (page: Page) => call<Imports>(page, "imports.list", undefined, "query");
