import { Button, Skeleton } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./more-rows.module.css";
import { Problem } from "./problem.tsx";

/** A list that grows by pages: its rows, or what stands in their place, and below them the way to more. */
export function MoreRows(props: {
  list: UseInfiniteQueryResult<unknown, unknown>;
  /** Until the first page is there. */
  waiting?: ReactNode;
  /** Where no row is. */
  none: ReactNode;
  className?: string;
  /** One `li` a row. */
  children: readonly ReactNode[];
}) {
  const { list, children } = props;
  const t = useTranslations("shell");
  const isFilled = children.length > 0;
  return (
    <>
      {list.isPending && (props.waiting ?? <Skeleton height={180} radius="md" aria-hidden />)}
      {list.isSuccess && !isFilled && props.none}
      {isFilled && (
        <ol className={[classes.rows, props.className].join(" ")} data-stale={list.isPlaceholderData || undefined}>
          {children}
        </ol>
      )}
      {list.isError && (
        <Problem
          error={list.error}
          onRetry={() => void (isFilled ? list.fetchNextPage() : list.refetch())}
          retrying={list.isFetching}
        />
      )}
      {list.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="sm"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </>
  );
}
