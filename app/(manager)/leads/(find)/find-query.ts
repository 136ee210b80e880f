import { infiniteQueryOptions } from "@tanstack/react-query";
import { parseAsString } from "nuqs/server";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";

/** `?q=` of the search screen; trimmed nowhere else, so that server and browser ask the same question. */
export const queryParser = parseAsString.withDefault("");
/** The server takes no longer query. */
export const queryMax = 200;
/** Rows a page: fills a tall screen once. */
const limit = 30;

type Find = (input: RouterInputs["leads"]["find"]) => Promise<RouterOutputs["leads"]["find"]>;

/**
 * Pages of found leads, newest first. tRPC's own options for endless lists would send a `direction` along,
 * which the procedure, strict about its input, refuses.
 */
export function leadPages(query: string, find: Find) {
  return infiniteQueryOptions({
    queryKey: ["leads.find", { query, limit }],
    queryFn: ({ pageParam }) => find({ query, limit, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
