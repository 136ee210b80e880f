import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { reportOutliers } from "../feedback/report-outliers.ts";
import { authorize } from "../permissions.ts";
import { latestDrift } from "../quality/check-drift.ts";
import { dataFeed } from "./data-feed.ts";
import { dealsMarkedNegative } from "./deals-marked-negative.ts";
import { modelAge } from "./model-age.ts";

/** Something that waits for a person; what it says is worded on the screen. */
export type ToDo =
  | { kind: "noData" | "noModel" | "modelOld" | "trainingFailed" | "importFailed" }
  | { kind: "candidateWaits"; modelId: number }
  | { kind: "importOld"; days: number }
  | { kind: "importRefused"; share: number }
  | { kind: "drift"; fields: string[] }
  | { kind: "negativeDeals"; share: number }
  | { kind: "pilotOpen"; pilotId: string; leadsDone: number; leads: number }
  | { kind: "pilotDue"; weekOn: string }
  | { kind: "outlierMarks"; days: number };

/** The CRM sends daily; a week of silence is no weekend. */
const IMPORT_AGE_DAYS_MAX = 7;
const REFUSED_MAX = 0.05;
const OUTLIER_DAYS = 7;
const PILOT_LEADS = 10;

/** What needs somebody today, the most pressing first. Of the whole house, whatever the reports are narrowed to. */
export async function toDo(ctx: Ctx): Promise<ToDo[]> {
  authorize(ctx, "report:read");
  const [feed, model, drift, pilots, outliers, { successful, max }] = await Promise.all([
    dataFeed(ctx),
    modelAge(ctx),
    latestDrift(ctx),
    pilotsToDo(ctx),
    reportOutliers(ctx, { days: OUTLIER_DAYS }),
    dealsMarkedNegative(ctx, { period: "quarter" }),
  ]);
  const { last, newestLeadOn } = feed;
  const { active, lastTraining, candidate } = model;
  const outlierDays = outliers.days.filter((day) => day.outliers.length > 0).length;
  const crossed = (drift?.fields ?? []).filter((one) => one.crossed.length > 0);
  const refused = last?.status === "done" ? (last.refused.share ?? 0) : 0;
  return [
    when(newestLeadOn === null, { kind: "noData" }),
    when(newestLeadOn !== null && active === null, { kind: "noModel" }),
    when(last?.status === "failed", { kind: "importFailed" }),
    when(lastTraining?.status === "failed", { kind: "trainingFailed" }),
    when(crossed.length > 0 && drift?.modelId === active?.modelId, {
      kind: "drift",
      fields: crossed.map(({ field }) => field),
    }),
    successful.share !== null && successful.low! > max
      ? [{ kind: "negativeDeals", share: successful.share } as const]
      : [],
    candidate && active ? [{ kind: "candidateWaits", modelId: candidate.modelId } as const] : [],
    pilots,
    when(outlierDays > 0, { kind: "outlierMarks", days: outlierDays }),
    last && last.daysSince > IMPORT_AGE_DAYS_MAX ? [{ kind: "importOld", days: last.daysSince } as const] : [],
    when(refused > REFUSED_MAX, { kind: "importRefused", share: refused }),
    when(active?.isOld === true, { kind: "modelOld" }),
  ].flat();
}

function when(is: boolean, one: ToDo): ToDo[] {
  return is ? [one] : [];
}

/** Pilots that wait for answers or their verdict; else the one of the last week, where nobody has drawn it though there is what to draw. */
async function pilotsToDo(ctx: Ctx): Promise<ToDo[]> {
  const today = dayOfDate(dateInNovosibirsk(ctx.now()));
  // 1970-01-01 was a Thursday.
  const weekOn = dateOfDay(today - ((today + 3) % 7) - 7);
  const open = await ctx.db.execute<{ pilotId: string; leads: number; leadsDone: number }>(sql`
    select p.id as "pilotId", count(*)::int as leads, (count(*) filter (where not exists (
      select from pilot_cases c where c.pilot_id = l.pilot_id and c.place = l.place and c.answer is null)))::int as "leadsDone"
    from pilots p join pilot_leads l on l.pilot_id = p.id where p.status = 'open' group by p.id, p.opened_at
    order by p.opened_at`);
  if (open.length > 0) return open.map((one) => ({ kind: "pilotOpen", ...one }));
  const [row] = await ctx.db.execute<{ isDue: boolean }>(sql`
    select not exists (select from pilots where week_on = ${weekOn}::date)
      and exists (select from model_aliases where name = 'active')
      and (select count(*) from (select from leads where created_on between ${weekOn}::date and ${weekOn}::date + 6
        limit ${PILOT_LEADS}) as drawable) = ${PILOT_LEADS} as "isDue"`);
  return row!.isDue ? [{ kind: "pilotDue", weekOn }] : [];
}
