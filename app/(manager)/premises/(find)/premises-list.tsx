"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { WindowList } from "../../../_ui/window-list.tsx";
import { PremisesSummary } from "../premises-summary.tsx";
import classes from "./premises-finder.module.css";

type Row = RouterOutputs["premises"]["find"]["premises"][number];

const rowHeight = 72;

/** Premises as links, as many in the page as the window shows; the focus walks by J and K or arrows. */
export function PremisesList(props: {
  rows: Row[];
  total: number;
  /** Rows of the search before: shown dimmed until the new ones come. */
  stale: boolean;
  hasMore: boolean;
  onMore: () => void;
}) {
  const { rows, ...list } = props;
  const t = useTranslations("stock");
  return (
    <WindowList
      {...list}
      label={t("list")}
      count={rows.length}
      keyOf={(index) => rows[index]?.premisesId}
      rowHeight={rowHeight}
      isWalked
      classNames={{ list: classes.rows, row: classes.row }}
    >
      {(index) => (
        <Link
          href={`/premises/${encodeURIComponent(rows[index]!.premisesId)}`}
          prefetch={false}
          className={classes.link}
          data-row={index}
        >
          <PremisesSummary premises={rows[index]!} />
        </Link>
      )}
    </WindowList>
  );
}

const places = ["a", "b", "c", "d", "e", "f"];

/** Rows of the size of real ones, so that nothing jumps when they come. */
export function PremisesSkeletons() {
  return (
    <div className={classes.rows} aria-hidden>
      {places.map((place) => (
        <div key={place} className={classes.skeleton}>
          <Skeleton height={16} width="34%" radius="sm" />
          <Skeleton height={14} width="56%" radius="sm" mt={10} />
        </div>
      ))}
    </div>
  );
}
