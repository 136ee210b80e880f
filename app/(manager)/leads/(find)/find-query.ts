import { parseAsString } from "nuqs/server";

/** `?q=` of the search screen; trimmed nowhere else, so that server and browser ask the same question. */
export const queryParser = parseAsString.withDefault("");
/** Rows a page: fills a tall screen once. */
export const findPageSize = 30;
/** The server takes no longer query. */
export const queryMax = 200;
