import { sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { authorize } from "../../permissions.ts";
import { type Share, share } from "../../share.ts";

export const premisesFields = [
  ...["address", "district", "bank", "section", "area_sqm", "rent_rub_month", "floor", "fit_out", "built_year"],
  ...["managed", "water", "sewerage", "documents"],
] as const;
export type PremisesField = (typeof premisesFields)[number];

export interface PremisesFill {
  field: PremisesField;
  /** Premises with the field filled ÷ all premises. */
  all: Share;
  /** Free premises with the field filled ÷ premises that are free by the latest daily record: what boards are made of. */
  free: Share;
}

/** How many premises have each of their fields filled. */
export async function premisesFill(ctx: Ctx): Promise<PremisesFill[]> {
  authorize(ctx, "report:read");
  const counts = sql.join(
    premisesFields.map((field) => {
      const filled = sql`p.${sql.raw(field)} is not null`;
      return sql`${field}::text, json_build_object(
        'all', ${share(sql`count(*) filter (where ${filled})`, sql`count(*)`)},
        'free', ${share(sql`count(*) filter (where ${filled} and f.premises_id is not null)`, sql`count(f.premises_id)`)})`;
    }),
    sql`, `,
  );
  const [row] = await ctx.db.execute<{ fields: Record<PremisesField, Omit<PremisesFill, "field">> }>(sql`
    select json_build_object(${counts}) as fields from premises p
    left join free_snapshots f on f.premises_id = p.id and f.day = (select max(day) from free_snapshots)`);
  return premisesFields.map((field) => ({ field, ...row!.fields[field] }));
}
