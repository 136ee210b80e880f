"use client";

import { Skeleton } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { usePhysicalKeys } from "../../../_ui/physical-keys.ts";
import { useWindowRows } from "../../../_ui/use-window-rows.ts";
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
  const { rows } = props;
  const t = useTranslations("stock");
  const wanted = useRef<number | null>(null);
  const {
    ref: list,
    rows: virtual,
    topOf,
  } = useWindowRows<HTMLOListElement>({
    count: rows.length,
    keyOf: (index) => rows[index]?.premisesId,
    rowHeight,
    hasMore: props.hasMore,
    onMore: props.onMore,
  });

  const focusWanted = () => {
    const link = list.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (!link) return;
    link.focus({ preventScroll: true });
    wanted.current = null;
  };
  // A row beyond the window is in the page only after the scroll.
  useEffect(() => {
    if (wanted.current !== null) focusWanted();
  });
  const walk = (step: 1 | -1) => (event: KeyboardEvent) => {
    event.preventDefault();
    const focused = document.activeElement?.getAttribute("data-row");
    const from = focused === null || focused === undefined ? -1 : Number(focused);
    wanted.current = Math.max(0, Math.min(from === -1 ? 0 : from + step, rows.length - 1));
    virtual.scrollToIndex(wanted.current);
    focusWanted();
  };
  usePhysicalKeys({ KeyJ: walk(1), KeyK: walk(-1), ArrowDown: walk(1), ArrowUp: walk(-1) });

  return (
    <ol
      ref={list}
      className={classes.rows}
      aria-label={t("list")}
      data-stale={props.stale || undefined}
      style={{ height: virtual.getTotalSize() }}
    >
      {virtual.getVirtualItems().map((row) => {
        const premises = rows[row.index];
        if (!premises) return null;
        return (
          <li
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            className={classes.row}
            aria-posinset={row.index + 1}
            aria-setsize={props.total}
            style={{ transform: topOf(row) }}
          >
            <Link
              href={`/premises/${encodeURIComponent(premises.premisesId)}`}
              prefetch={false}
              className={classes.link}
              data-row={row.index}
            >
              <PremisesSummary premises={premises} />
            </Link>
          </li>
        );
      })}
    </ol>
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
