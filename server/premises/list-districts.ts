import { asc } from "drizzle-orm";
import { districts } from "#/db/schema/districts.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";

/** A district of the city with the place of its centre on a plane in km, x to the east and y to the north; null: not known. */
export interface DistrictRow {
  name: string;
  bank: "left" | "right" | null;
  xKm: number | null;
  yKm: number | null;
}

/** The districts of the city by name. */
export async function listDistricts(ctx: Ctx): Promise<DistrictRow[]> {
  authorize(ctx, "premises:read");
  return ctx.db.select().from(districts).orderBy(asc(districts.name));
}
