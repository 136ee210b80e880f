"use client";

import type { ReactNode } from "react";
import { usePhysicalKeys } from "./physical-keys.ts";
import { useWindowRows } from "./use-window-rows.ts";
import classes from "./window-list.module.css";

export interface WindowListProps {
  label: string;
  count: number;
  /** undefined: the row is not there any more. */
  keyOf: (index: number) => string | undefined;
  /** Of a usual row, in px; each is measured once it is there. */
  rowHeight: number;
  /** Between rows, in px. */
  gap?: number;
  /** How many there are with those that have not come yet; -1: nobody knows. */
  total: number;
  /** Rows of what was asked before: shown dimmed until the new ones come. */
  stale: boolean;
  hasMore: boolean;
  onMore: () => void;
  /** J, K and arrows walk its rows: each has a link with `data-row`. */
  isWalked?: boolean;
  classNames?: { list?: string | undefined; row?: string | undefined };
  children: (index: number) => ReactNode;
}

/** A list that scrolls with the window and holds as many rows as the window shows. */
export function WindowList(props: WindowListProps) {
  const { ref, rows, topOf, focusRow, focusedRow } = useWindowRows<HTMLOListElement>(props);
  const walk = (step: 1 | -1) => (event: KeyboardEvent) => {
    event.preventDefault();
    const from = focusedRow();
    focusRow(from === -1 ? 0 : from + step);
  };
  usePhysicalKeys(props.isWalked ? { KeyJ: walk(1), KeyK: walk(-1), ArrowDown: walk(1), ArrowUp: walk(-1) } : {});
  return (
    <ol
      ref={ref}
      className={[classes.list, props.classNames?.list].join(" ")}
      aria-label={props.label}
      data-stale={props.stale || undefined}
      style={{ height: rows.getTotalSize() }}
    >
      {rows.getVirtualItems().map((row) => {
        if (props.keyOf(row.index) === undefined) return null;
        return (
          <li
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            className={[classes.row, props.classNames?.row].join(" ")}
            aria-posinset={row.index + 1}
            aria-setsize={props.total}
            style={{ transform: topOf(row) }}
          >
            {props.children(row.index)}
          </li>
        );
      })}
    </ol>
  );
}
