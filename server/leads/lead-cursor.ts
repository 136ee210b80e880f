import { z } from "zod";
import { AppError } from "../errors.ts";
import { WORDS_MAX } from "./search-query.ts";

const schema = z.strictObject({
  /** The words by which the page before was found: as typed, retyped or put right. */
  words: z.array(z.string().min(1).max(200)).max(WORDS_MAX),
  createdOn: z.iso.date(),
  leadId: z.string().max(64),
});

/** Where a page of leads ended. It says where to go on, never what may be seen. */
export type LeadCursor = z.infer<typeof schema>;

export function writeCursor({ words, createdOn, leadId }: LeadCursor): string {
  return Buffer.from(JSON.stringify([words, createdOn, leadId])).toString("base64url");
}

/** Reads what `writeCursor` wrote; refuses anything else as `invalid`. */
export function readCursor(cursor: string | null | undefined): LeadCursor | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const [words, createdOn, leadId] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return schema.parse({ words, createdOn, leadId });
  } catch (cause) {
    throw new AppError(
      "invalid",
      { ru: "Страница списка не найдена. Начните поиск заново.", en: "There is no such page. Start the search again." },
      { place: "cursor", cause },
    );
  }
}
