import { infiniteQueryOptions } from "@tanstack/react-query";
import { parseAsString } from "nuqs/server";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";

/** `?lead=` of the list: the proposals of one lead. */
export const leadParser = parseAsString;

export const proposalListKey = ["proposals.list"];

type List = (input: RouterInputs["proposals"]["list"]) => Promise<RouterOutputs["proposals"]["list"]>;

/** Pages of proposals, newest first; see `leadPages` for why these are not tRPC's own options. */
export function proposalPages(leadId: string | null, list: List) {
  return infiniteQueryOptions({
    queryKey: [...proposalListKey, leadId],
    queryFn: ({ pageParam }) => list({ ...(leadId && { leadId }), ...(pageParam && { before: pageParam }) }),
    initialPageParam: null as Date | null,
    getNextPageParam: (page) => page.next,
  });
}
