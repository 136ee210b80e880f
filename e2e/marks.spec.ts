import { randomUUID } from "node:crypto";
import { call, expect, test } from "./test.ts";

test("an owner finds a manager's mark with the answer behind it, and that it was taken back", async ({
  page,
  login,
  lead,
}) => {
  await login("manager");
  const board = await call<{ runId: string; items: { premisesId: string }[] }>(
    page,
    "matching.board",
    { leadId: lead.id },
    "query",
  );
  const [mark] = await call<{ markId: string }[]>(
    page,
    "feedback.markMany",
    {
      leadId: lead.id,
      marks: [{ premisesId: board.items[0]!.premisesId, mark: "wrongly_kept" }],
      reason: "price",
      runId: board.runId,
      idempotencyKey: randomUUID(),
    },
    "mutation",
  );

  await login("owner");
  await page.goto("/admin/marks");
  await page.getByLabel("Номер лида").fill(lead.id);
  await page.getByText("Зря оставлено", { exact: true }).first().click();
  const row = page.getByRole("listitem").filter({ hasText: lead.brand }).first();
  await expect(row).toContainText(/пригодность 0,\d\d при пороге 0,\d\d · модель \d+ · подбор [0-9a-f]{8}/);
  await expect(page.getByRole("table")).toBeVisible();

  await login("manager");
  await call(page, "feedback.withdrawMany", { markIds: [mark!.markId] }, "mutation");
  await login("owner");
  await page.goto(`/admin/marks?lead=${lead.id}&state=withdrawn`);
  await expect(
    page
      .getByRole("listitem")
      .filter({ hasText: /отменена \d\d\.\d\d/ })
      .first(),
  ).toBeVisible();
});
