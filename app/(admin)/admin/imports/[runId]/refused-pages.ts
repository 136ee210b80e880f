import { infiniteQueryOptions } from "@tanstack/react-query";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";

type Refused = (input: RouterInputs["imports"]["refused"]) => Promise<RouterOutputs["imports"]["refused"]>;

/** Begins the key of all such pages: whatever was mended, they are asked anew. */
export const refusedKey = "imports.refused";

/** Pages of a run's refused lines; see `leadPages` for why these are not tRPC's own options. */
export function refusedPages(runId: number, openOnly: boolean, refused: Refused) {
  return infiniteQueryOptions({
    queryKey: [refusedKey, { runId, openOnly }],
    queryFn: ({ pageParam }) => refused({ runId, openOnly, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: null as RouterOutputs["imports"]["refused"]["next"],
    getNextPageParam: (page) => page.next,
  });
}
