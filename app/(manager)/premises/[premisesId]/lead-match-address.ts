import { infiniteQueryOptions } from "@tanstack/react-query";
import { parseAsStringLiteral } from "nuqs/server";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";

/** `?whose=` of a premises page: whose leads are listed. */
export const whoseLeads = parseAsStringLiteral(["all", "mine", "nobodys"] as const).withDefault("all");
/** `?decision=`: those of one verdict alone. */
export const leadDecision = parseAsStringLiteral(["keep", "remove"] as const);

type Asked = RouterInputs["matching"]["premises"];
type Match = (input: Asked) => Promise<RouterOutputs["matching"]["premises"]>;

const limit = 30;

/** Pages of the leads of one premises; see `leadPages` for why these are not tRPC's own options. */
export function leadMatchPages(wanted: Pick<Asked, "premisesId" | "asOf" | "whose" | "decision">, match: Match) {
  return infiniteQueryOptions({
    queryKey: ["matching.premises", { ...wanted, limit }],
    queryFn: ({ pageParam }) => match({ ...wanted, limit, cursor: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
