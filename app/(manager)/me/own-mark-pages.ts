import { infiniteQueryOptions } from "@tanstack/react-query";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";

type Own = (input: RouterInputs["feedback"]["own"]) => Promise<RouterOutputs["feedback"]["own"]>;

const limit = 20;

/** Pages of one's own marks, newest first; see `leadPages` for why these are not tRPC's own options. */
export function ownMarkPages(filter: Pick<RouterInputs["feedback"]["own"], "mark" | "state">, own: Own) {
  return infiniteQueryOptions({
    queryKey: ["feedback.own", { ...filter, limit }],
    queryFn: ({ pageParam }) => own({ ...filter, limit, cursor: pageParam }),
    initialPageParam: null as RouterOutputs["feedback"]["own"]["nextCursor"],
    getNextPageParam: (page) => page.nextCursor,
  });
}
