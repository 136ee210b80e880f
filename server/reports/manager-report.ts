import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { crmId } from "../leads/get-lead.ts";
import { authorize } from "../permissions.ts";
import { type ManagerFigures, managerFigures } from "./manager-figures.ts";
import { cameWithin, leadInScope, ofLeadInScope, reportScopeInput, spanOf } from "./report-scope.ts";

export const managerReportInput = z.strictObject({
  managerId: crmId,
  scope: reportScopeInput.omit({ ofManager: true }),
});

export interface ManagerMonth {
  /** First day of the month, YYYY-MM-DD; months in which he had none of it are left out. */
  month: string;
  /** His leads that came in the month, and of them those whose board was opened. */
  leads: number;
  opened: number;
  /** Premises in proposals that he sent in the month and that stand. */
  sent: number;
  /** Marks that he made in the month and that stand. */
  wronglyRemoved: number;
  wronglyKept: number;
}

export interface ManagerReport {
  figures: ManagerFigures;
  months: ManagerMonth[];
}

/** One manager: the figures of the span, and what he did month by month. Refuses with `not_found` whom the CRM does not know. */
export async function managerReport(
  ctx: Ctx,
  { managerId, scope: asked }: z.output<typeof managerReportInput>,
): Promise<ManagerReport> {
  authorize(ctx, "report:read");
  const scope = { ...asked, ofManager: managerId };
  const span = spanOf(ctx, scope);
  const { managers: found } = await managerFigures(ctx, scope);
  const [figures] = found;
  if (!figures)
    throw new AppError(
      "not_found",
      { ru: "Такого менеджера нет. Посмотрите список.", en: "There is no such manager. See the list." },
      { place: "managerId" },
    );
  const months = await ctx.db.execute<ManagerMonth & Record<string, unknown>>(sql`
    with done as (
      select l.created_on as done_on, 1 as leads, (l.looked_at is not null)::int as opened, 0 as sent, 0 as removed, 0 as kept
      from leads l where ${cameWithin(span)} and ${leadInScope(scope)}
      union all
      select o.sent_on, 0, 0, 1, 0, 0 from proposal_offers o
      where o.manager_id = ${managerId} and o.sent_on between ${span.fromOn}::date and ${span.toOn}::date and ${ofLeadInScope(sql`o.lead_id`, asked)}
        and not exists (select from proposal_withdrawals w where w.proposal_id = o.proposal_id)
      union all
      select (m.created_at at time zone 'Asia/Novosibirsk')::date, 0, 0, 0, (m.mark = 'wrongly_removed')::int, (m.mark = 'wrongly_kept')::int
      from marks m
      where m.manager_id = ${managerId} and ${ofLeadInScope(sql`m.lead_id`, asked)}
        and (m.created_at at time zone 'Asia/Novosibirsk')::date between ${span.fromOn}::date and ${span.toOn}::date
        and not exists (select from mark_withdrawals w where w.mark_id = m.id)
    )
    select date_trunc('month', done_on)::date::text as month, sum(leads)::int as leads, sum(opened)::int as opened, sum(sent)::int as sent,
      sum(removed)::int as "wronglyRemoved", sum(kept)::int as "wronglyKept"
    from done group by 1 order by 1`);
  return { figures, months: [...months] };
}
