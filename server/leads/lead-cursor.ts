import { z } from "zod";
import { AppError } from "../errors.ts";

const schema = z.strictObject({
  /** By which reading of the query the page before was found. */
  way: z.enum(["typed", "switched", "near"]),
  createdOn: z.iso.date(),
  leadId: z.string().max(64),
  /** Rows shown so far, for the way whose order has no key. */
  skip: z.number().int().min(0).max(1_000_000),
});

/** Where a page of leads ended. It says where to go on, never what may be seen. */
export type LeadCursor = z.infer<typeof schema>;

export function writeCursor(way: LeadCursor["way"], last: { createdOn: string; leadId: string }, skip: number): string {
  return Buffer.from(JSON.stringify([way, last.createdOn, last.leadId, skip])).toString("base64url");
}

/** Reads what `writeCursor` wrote; refuses anything else as `invalid`. */
export function readCursor(cursor: string | null | undefined): LeadCursor | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const [way, createdOn, leadId, skip] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return schema.parse({ way, createdOn, leadId, skip });
  } catch (cause) {
    throw new AppError(
      "invalid",
      { ru: "Страница списка не найдена. Начните поиск заново.", en: "There is no such page. Start the search again." },
      { place: "cursor", cause },
    );
  }
}
