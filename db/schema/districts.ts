import { sql } from "drizzle-orm";
import { check, doublePrecision, pgEnum, pgTable, text } from "drizzle-orm/pg-core";

export const bank = pgEnum("bank", ["left", "right"]);

/** A district of the city, its river bank, and the place of its centre on a plane in km. */
export const districts = pgTable(
  "districts",
  {
    name: text().primaryKey(),
    bank: bank(),
    xKm: doublePrecision(),
    yKm: doublePrecision(),
  },
  (t) => [
    check("districts_x_km", sql`${t.xKm} between -1000 and 1000`),
    check("districts_y_km", sql`${t.yKm} between -1000 and 1000`),
  ],
);
