"use client";

import { useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";

/** The next page is asked for when so few rows are left below. */
const rowsLeft = 6;

/**
 * A list that scrolls with the window, of which as many rows are in the page as the window shows; it asks for more before its end.
 * Sizes in px.
 */
export function useWindowRows<List extends HTMLElement>(list: {
  count: number;
  keyOf: (index: number) => string | undefined;
  rowHeight: number;
  gap?: number;
  hasMore: boolean;
  onMore: () => void;
}): {
  ref: RefObject<List | null>;
  rows: Virtualizer<Window, Element>;
  topOf: (row: { start: number }) => string;
  /** Puts the focus on what has `data-row` of that row, also where it is not in the page yet. */
  focusRow: (index: number) => void;
  /** Which row has the focus; -1: none. */
  focusedRow: () => number;
} {
  const ref = useRef<List>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect();
    setTop(box ? box.top + window.scrollY : 0);
  }, []);
  const rows = useWindowVirtualizer({
    count: list.count,
    estimateSize: () => list.rowHeight,
    gap: list.gap ?? 0,
    overscan: 8,
    scrollMargin: top,
    // Below the bar that stays.
    scrollPaddingStart: 72,
    getItemKey: (index) => list.keyOf(index) ?? index,
  });
  const onMore = useEffectEvent(list.onMore);
  const nearEnd = list.hasMore && (rows.getVirtualItems().at(-1)?.index ?? 0) >= list.count - rowsLeft;
  // After each render: the end may still be near when a page has come.
  useEffect(() => {
    if (nearEnd) onMore();
  });
  const wanted = useRef<number | null>(null);
  const focusWanted = () => {
    const row = ref.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (!row) return;
    row.focus({ preventScroll: true });
    wanted.current = null;
  };
  // A row beyond the window is in the page only after the scroll.
  useEffect(() => {
    if (wanted.current !== null) focusWanted();
  });
  return {
    ...{ ref, rows, topOf: (row) => `translateY(${row.start - rows.options.scrollMargin}px)` },
    focusRow: (index) => {
      wanted.current = Math.max(0, Math.min(index, list.count - 1));
      rows.scrollToIndex(wanted.current);
      focusWanted();
    },
    focusedRow: () => Number(document.activeElement?.getAttribute("data-row") ?? -1),
  };
}
