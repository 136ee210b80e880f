"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from "react";
import type { BoardItem } from "./board-answers.ts";
import classes from "./verdict-column.module.css";

export interface VerdictColumnHandle {
  focusRow(index: number): void;
}

/** Guess of a card's height before it is measured. */
const cardHeight = 168;

/** One side of the board: a heading that stays and a list of which only the visible part is in the page. */
export function VerdictColumn(props: {
  ref: Ref<VerdictColumnHandle>;
  side: "keep" | "remove";
  title: string;
  order: string;
  /** How many there are in all, whatever the filter. */
  count: number;
  items: readonly BoardItem[];
  /** Between the heading and the list. */
  filter?: ReactNode;
  /** Instead of the list when `items` is empty. */
  empty: ReactNode;
  card: (item: BoardItem, index: number) => ReactNode;
}) {
  const { items } = props;
  const t = useTranslations("board");
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const headingId = useId();

  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeight,
    overscan: 6,
    gap: 8,
    paddingStart: 4,
    paddingEnd: 24,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 32,
    getItemKey: (index) => items[index]?.premisesId ?? index,
  });

  const focusWanted = () => {
    if (wanted.current === null) return;
    const button = scroller.current?.querySelector<HTMLElement>(`[data-premises="${CSS.escape(wanted.current)}"]`);
    if (!button) return;
    button.focus({ preventScroll: true });
    wanted.current = null;
  };
  // A card far away is in the page only after the scroll.
  useEffect(focusWanted);

  useImperativeHandle(props.ref, () => ({
    focusRow: (index) => {
      const item = items[index];
      if (!item) return;
      wanted.current = item.premisesId;
      rows.scrollToIndex(index);
      focusWanted();
    },
  }));

  return (
    <section className={classes.column} aria-labelledby={headingId} data-side={props.side}>
      <div className={classes.heading}>
        <h2 id={headingId} className={classes.title}>
          {props.title}
          <span className={classes.count}>{props.count}</span>
        </h2>
        <span className={classes.order}>{props.order}</span>
      </div>
      {props.filter}
      <div ref={scroller} className={classes.scroller}>
        {items.length === 0 ? (
          props.empty
        ) : (
          <ul
            className={classes.list}
            style={{ height: rows.getTotalSize() }}
            aria-label={`${props.title}: ${t("count", { count: items.length })}`}
          >
            {rows.getVirtualItems().map((row) => {
              const item = items[row.index];
              return item ? (
                <li
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  className={classes.row}
                  aria-posinset={row.index + 1}
                  aria-setsize={items.length}
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  {props.card(item, row.index)}
                </li>
              ) : null;
            })}
          </ul>
        )}
      </div>
    </section>
  );
}
