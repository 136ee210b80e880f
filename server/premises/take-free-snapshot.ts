import { sql } from "drizzle-orm";
import { type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";

export interface FreeSnapshot {
  /** 'YYYY-MM-DD'. */
  day: string;
  /** Premises free on that day. */
  premises: number;
}

/**
 * Records which premises are free on a day, and at which asking rent (null: unknown). Today's record follows the market until
 * the day is over; one of a past day stands and is only told. `day` is 'YYYY-MM-DD', today in the city unless given.
 */
export async function takeFreeSnapshot(ctx: Ctx, day?: string): Promise<FreeSnapshot> {
  authorize(ctx, "import:run");
  const today = dateInNovosibirsk(ctx.now());
  const wanted = day ?? today;
  if (wanted > today)
    throw new AppError("invalid", {
      ru: `Снимок за ${wanted} нельзя снять: этот день ещё не наступил.`,
      en: `No snapshot of ${wanted} can be taken: that day has not come yet.`,
    });
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended('ostap:free-snapshot', 0))`);
    const stands = wanted < today && (await count(ctx, wanted)) > 0;
    if (!stands) {
      await ctx.db.execute(sql`
        with free as (
          select distinct on (v.premises_id) v.premises_id, v.rent_rub_month
          from vacancies v join premises p on p.id = v.premises_id
          where v.from_on <= ${wanted}::date and (v.to_on is null or v.to_on > ${wanted}::date)
          order by v.premises_id, v.from_on desc, v.source
        ), gone as (
          delete from free_snapshots s
          where s.day = ${wanted}::date and not exists (select from free f where f.premises_id = s.premises_id)
        )
        insert into free_snapshots (day, premises_id, rent_rub_month)
        select ${wanted}::date, premises_id, rent_rub_month from free
        on conflict (day, premises_id) do update set rent_rub_month = excluded.rent_rub_month
        where free_snapshots.rent_rub_month is distinct from excluded.rent_rub_month`);
    }
    return { day: wanted, premises: await count(ctx, wanted) };
  });
}

async function count(ctx: Ctx, day: string): Promise<number> {
  const [row] = await ctx.db.execute<{ n: number }>(
    sql`select count(*)::int as n from free_snapshots where day = ${day}::date`,
  );
  return row?.n ?? 0;
}
