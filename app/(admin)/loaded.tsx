import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Problem } from "../_ui/problem.tsx";

/** A card that waits for its figures, or says why there are none. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T, unknown>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Skeleton height={280} radius="md" aria-hidden />;
  return <Problem error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
}
