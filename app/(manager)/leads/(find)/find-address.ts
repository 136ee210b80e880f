import { infiniteQueryOptions } from "@tanstack/react-query";
import { createParser, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";

const day = createParser({
  parse: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null),
  serialize: String,
});

/** What the search keeps in its address, so that a link, the back button and a saved view show the same. */
export const findAddress = {
  /** Trimmed nowhere else, so that server and browser ask the same question. */
  q: parseAsString.withDefault(""),
  whose: parseAsStringLiteral(["mine", "unassigned"] as const),
  manager: parseAsString,
  from: day,
  to: day,
  district: parseAsString,
  trade: parseAsString,
  fill: parseAsStringLiteral(["none", "some", "full"] as const),
  seen: parseAsStringLiteral(["unseen", "marked"] as const),
  sort: parseAsStringLiteral(["newest", "oldest"] as const).withDefault("newest"),
  /** Stays in the address when all else is reset: a bare address begins with one's start view. */
  view: parseAsStringLiteral(["cards", "lines"] as const)
    .withDefault("cards")
    .withOptions({ clearOnDefault: false }),
};

export type Address = { [Name in keyof typeof findAddress]: ReturnType<(typeof findAddress)[Name]["parseServerSide"]> };
export type ViewFilters = RouterInputs["views"]["save"]["filters"];

/** The server takes no longer query. */
export const queryMax = 200;
/** Rows a page: fills a tall screen once. */
const limit = 30;

/** What narrows the list besides the words. */
export const filterNames = ["whose", "manager", "from", "to", "district", "trade", "fill", "seen"] as const;
export const noFilters = Object.fromEntries(filterNames.map((name) => [name, null])) as Pick<
  { [Name in keyof Address]: null },
  (typeof filterNames)[number]
>;

export function countFilters(address: Address): number {
  return filterNames.filter((name) => address[name] !== null).length;
}

/** A search as the server keeps it under a name. */
export function asView({ manager, q, ...address }: Address): ViewFilters {
  const filters = { ...address, ofManager: manager, q: q.trim() === "" ? null : q.trim() };
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null)) as ViewFilters;
}

/** The address of a saved view; what it does not name is at rest. */
export function asAddress({ ofManager, ...filters }: ViewFilters): Address {
  const rest = { ...noFilters, q: "", sort: "newest", view: "cards" } as const;
  return { ...rest, ...filters, manager: ofManager ?? null };
}

export const pathOfView = (filters: ViewFilters): string =>
  `/leads${createSerializer(findAddress)(asAddress(filters))}`;

type Find = (input: RouterInputs["leads"]["find"]) => Promise<RouterOutputs["leads"]["find"]>;

/**
 * Pages of found leads. tRPC's own options for endless lists would send a `direction` along, which the procedure, strict
 * about its input, refuses.
 */
export function leadPages(address: Address, find: Find) {
  const { view: _, q, ...filters } = asView(address);
  const asked = { ...filters, query: q ?? "", limit };
  return infiniteQueryOptions({
    queryKey: ["leads.find", asked],
    queryFn: ({ pageParam }) => find({ ...asked, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
