import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

/** One a request on the server, one a tab in the browser. Pending queries travel too, so that a page need not wait for them. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What the server has just prefetched is not asked for again at once.
      queries: { staleTime: 30_000 },
      dehydrate: {
        serializeData: superjson.serialize,
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending",
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
