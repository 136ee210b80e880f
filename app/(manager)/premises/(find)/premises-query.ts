import { infiniteQueryOptions } from "@tanstack/react-query";
import { createLoader, parseAsBoolean, parseAsFloat, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";

export const premisesSorts = ["name", "freed", "rent", "area"] as const;

/** What the search of premises keeps in its address. */
export const premisesAddress = {
  q: parseAsString.withDefault(""),
  /** Also those that are let. */
  all: parseAsBoolean.withDefault(false),
  district: parseAsString,
  bank: parseAsStringLiteral(["left", "right"] as const),
  areaFrom: parseAsFloat,
  areaTo: parseAsFloat,
  rentFrom: parseAsFloat,
  rentTo: parseAsFloat,
  sort: parseAsStringLiteral(premisesSorts).withDefault("name"),
};

export const loadPremisesAddress = createLoader(premisesAddress);
export type PremisesAddress = Awaited<ReturnType<typeof loadPremisesAddress>>;

const queryMax = 200;
/** Rows a page: fills a tall screen once. */
const limit = 40;

type Find = (input: RouterInputs["premises"]["find"]) => Promise<RouterOutputs["premises"]["find"]>;

/** Pages of found premises; see `leadPages` for why these are not tRPC's own options. */
export function premisesPages(address: PremisesAddress, find: Find) {
  const filter = {
    query: address.q.slice(0, queryMax),
    free: !address.all,
    district: address.district ?? undefined,
    bank: address.bank ?? undefined,
    areaFromSqm: positive(address.areaFrom),
    areaToSqm: positive(address.areaTo),
    rentFromRubMonth: positive(address.rentFrom),
    rentToRubMonth: positive(address.rentTo),
    sort: address.sort,
    limit,
  };
  return infiniteQueryOptions({
    queryKey: ["premises.find", filter],
    queryFn: ({ pageParam }) => find({ ...filter, cursor: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** What an address may hold and the server would refuse is no wish at all. */
function positive(value: number | null): number | undefined {
  return value !== null && value > 0 && value < 1_000_000 * 1000 ? value : undefined;
}
