import { sql } from "drizzle-orm";
import { z } from "zod";
import { findFloods, type MarkFlood, type TasteMark } from "#/ml/personalize/taste-mark.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay, dayOfDate } from "../days.ts";
import { authorize } from "../permissions.ts";

export const reportOutliersInput = z.strictObject({ days: z.number().int().min(1).max(365).default(30) });

/** Why a manager's day stands out. `many`: far above his usual day; `against`: most of what the model had judged for him. */
export type Outlier = "many" | "against";

export interface ManagerDay {
  managerId: string;
  managerName: string;
  /** YYYY-MM-DD in Novosibirsk. */
  day: string;
  /** Marks that were not withdrawn. */
  marks: number;
  withdrawn: number;
  /** Verdicts on the boards that he opened that day; 0: his marks came without a board of that day. */
  judged: number;
  /** Part of those verdicts that he called wrong, 0..1; null: nothing was judged. */
  share: number | null;
  outliers: Outlier[];
}

export interface ManagerFlood {
  managerId: string;
  managerName: string;
  /** On one lead or on one day. */
  where: { leadId: string } | { day: string };
  marks: number;
  /** So many of them weigh at most in the manager's taste. */
  counted: number;
}

export interface OutlierReport {
  days: ManagerDay[];
  floods: ManagerFlood[];
  managers: { managerId: string; name: string }[];
}

/** A day stands out by number above this many times the manager's own median day, and never below `manyFrom` marks. */
const manyTimes = 5;
const manyFrom = 30;
/** A day stands out by share above this, and never below `againstFrom` marks. */
const againstShare = 0.3;
const againstFrom = 15;

/**
 * Whose marks look like no honest work, for the product's owner: each manager's days by number and by the share of verdicts
 * called wrong, and the floods that taste learning caps. Days that stand out come first. It accuses nobody: a manager who
 * tidies up a month in a day looks the same.
 */
export async function reportOutliers(
  ctx: Ctx,
  { days = 30 }: z.input<typeof reportOutliersInput> = {},
): Promise<OutlierReport> {
  authorize(ctx, "mark:review");
  const since = new Date(ctx.now().getTime() - days * 86_400_000);
  const [found, floods, managers] = await Promise.all([
    managerDays(ctx, since),
    managerFloods(ctx, since),
    ctx.db.execute<{ managerId: string; name: string }>(sql`
      select id as "managerId", name from managers m where exists (select from marks where manager_id = m.id)
      order by name, id`),
  ]);
  const usual = medians(found);
  const judgedDays = found.map((one) => ({ ...one, outliers: outliersOf(one, usual.get(one.managerId)!) }));
  return {
    days: judgedDays.toSorted(
      (a, b) => b.outliers.length - a.outliers.length || (a.day < b.day ? 1 : a.day > b.day ? -1 : b.marks - a.marks),
    ),
    floods,
    managers: [...managers],
  };
}

type Day = Omit<ManagerDay, "outliers">;

async function managerDays(ctx: Ctx, since: Date): Promise<Day[]> {
  const rows = await ctx.db.execute<Omit<Day, "share">>(sql`
    with marked as (
      select m.manager_id, (m.created_at at time zone 'Asia/Novosibirsk')::date as day,
        count(*) filter (where w.mark_id is null) as marks, count(w.mark_id) as withdrawn
      from marks m left join mark_withdrawals w on w.mark_id = m.id
      where m.created_at >= ${since.toISOString()}
      group by 1, 2),
    boards as (
      select manager_id, (created_at at time zone 'Asia/Novosibirsk')::date as day, lead_id,
        max(cardinality(premises_ids)) as judged
      from match_runs
      where created_at >= ${since.toISOString()} and manager_id is not null and lead_id is not null
      group by 1, 2, 3),
    seen as (select manager_id, day, sum(judged) as judged from boards group by 1, 2)
    select marked.manager_id as "managerId", managers.name as "managerName", marked.day::text as day,
      marked.marks::int as marks, marked.withdrawn::int as withdrawn, coalesce(seen.judged, 0)::int as judged
    from marked join managers on managers.id = marked.manager_id
      left join seen on seen.manager_id = marked.manager_id and seen.day = marked.day`);
  return [...rows].map((row) => ({ ...row, share: row.judged > 0 ? Math.min(1, row.marks / row.judged) : null }));
}

async function managerFloods(ctx: Ctx, since: Date): Promise<ManagerFlood[]> {
  const rows = await ctx.db.execute<{ managerId: string; managerName: string; leadId: string; day: string }>(sql`
    select m.manager_id as "managerId", managers.name as "managerName", m.lead_id as "leadId",
      (m.created_at at time zone 'Asia/Novosibirsk')::date::text as day
    from marks m join managers on managers.id = m.manager_id left join mark_withdrawals w on w.mark_id = m.id
    where m.created_at >= ${since.toISOString()} and w.mark_id is null`);
  return [...Map.groupBy(rows, ({ managerId }) => managerId)].flatMap(([managerId, own]) =>
    findFloods(own.map(asTasteMark)).map((flood) => ({
      managerId,
      managerName: own[0]!.managerName,
      where: whereOf(flood),
      marks: flood.marks,
      counted: flood.counted,
    })),
  );
}

/** Floods are counted by lead and day alone; what was judged does not matter to them. */
function asTasteMark({ leadId, day }: { leadId: string; day: string }): TasteMark {
  const saidDay = dayOfDate(day);
  return { list: { leadId, asOfDay: saidDay, features: [], margins: [] }, index: 0, suitable: true, saidDay };
}

function whereOf({ where }: MarkFlood): ManagerFlood["where"] {
  return "leadId" in where ? where : { day: dateOfDay(where.saidDay) };
}

/** The median of each manager's days. */
function medians(found: readonly Day[]): Map<string, number> {
  return new Map(
    [...Map.groupBy(found, ({ managerId }) => managerId)].map(([managerId, own]) => {
      const sorted = own.map(({ marks }) => marks).toSorted((a, b) => a - b);
      return [managerId, sorted[Math.floor((sorted.length - 1) / 2)]!];
    }),
  );
}

function outliersOf({ marks, share }: Day, usual: number): Outlier[] {
  const many = marks >= manyFrom && marks > manyTimes * usual;
  const against = share !== null && marks >= againstFrom && share > againstShare;
  return [...(many ? (["many"] as const) : []), ...(against ? (["against"] as const) : [])];
}
