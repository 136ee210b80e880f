"use client";

import { Loader } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import Link, { useLinkStatus } from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { usePhysicalKeys } from "../../../_ui/physical-keys.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { LeadSummary } from "../lead-summary.tsx";
import type { LeadRow } from "../use-wish-words.ts";
import classes from "./lead-finder.module.css";

export interface LeadListHandle {
  focusRow(index: number): void;
  openRow(index: number): void;
}

const rowHeight = 76;

/** Leads as links, as many in the page as the window shows; the focus walks by J and K or arrows. */
export function LeadList(props: {
  ref: Ref<LeadListHandle>;
  leads: LeadRow[];
  /** Rows of the query before: shown dimmed until the new ones come. */
  stale: boolean;
  hasMore: boolean;
  onMore: () => void;
  /** Up from the first row. */
  onLeave: () => void;
}) {
  const { leads } = props;
  const t = useTranslations("leads");
  const router = useRouter();
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<number | null>(null);
  const [top, setTop] = useState(0);

  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);

  const rows = useWindowVirtualizer({
    count: leads.length,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: top,
    scrollPaddingStart: 72,
    getItemKey: (index) => leads[index]?.leadId ?? index,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;

  const onMore = useEffectEvent(props.onMore);
  const nearEnd = props.hasMore && lastShown >= leads.length - 6;
  // After each render: the end may still be near when a page has come.
  useEffect(() => {
    if (nearEnd) onMore();
  });

  const focusRow = (index: number) => {
    if (index < 0) return props.onLeave();
    const row = Math.min(index, leads.length - 1);
    wanted.current = row;
    rows.scrollToIndex(row);
    focusWanted();
  };
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

  const openRow = (index: number) => {
    const lead = leads[index];
    if (lead) router.push(pathOf(lead));
  };
  useImperativeHandle(props.ref, () => ({ focusRow, openRow }));

  const focused = () => {
    const row = document.activeElement?.getAttribute("data-row");
    return row === null || row === undefined ? -1 : Number(row);
  };
  const walk = (step: 1 | -1) => (event: KeyboardEvent) => {
    event.preventDefault();
    const from = focused();
    focusRow(from === -1 ? 0 : from + step);
  };
  usePhysicalKeys({ KeyJ: walk(1), KeyK: walk(-1), ArrowDown: walk(1), ArrowUp: walk(-1) });

  return (
    <ol
      ref={list}
      className={classes.rows}
      aria-label={t("list")}
      data-stale={props.stale || undefined}
      style={{ height: rows.getTotalSize() }}
    >
      {shown.map((row) => {
        const lead = leads[row.index];
        if (!lead) return null;
        return (
          <li
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            className={classes.row}
            aria-posinset={row.index + 1}
            aria-setsize={props.hasMore ? -1 : leads.length}
            style={{ transform: `translateY(${row.start - rows.options.scrollMargin}px)` }}
          >
            <LeadLink lead={lead} index={row.index} />
          </li>
        );
      })}
    </ol>
  );
}

function LeadLink({ lead, index }: { lead: LeadRow; index: number }) {
  const t = useTranslations("leads");
  const figures = useFigures();
  return (
    <Link href={pathOf(lead)} prefetch={false} className={classes.link} data-row={index}>
      <LeadSummary lead={lead} />
      <Opening />
      <span className={classes.aside}>
        <span className={classes.day}>{figures.day(lead.createdOn)}</span>
        <span className={classes.manager} data-mine={lead.mine || undefined}>
          {lead.managerName ?? t("noManager")}
        </span>
      </span>
    </Link>
  );
}

/** The premises are being judged: the row that was pressed says so. */
function Opening() {
  const { pending } = useLinkStatus();
  return pending ? <Loader size={16} className={classes.opening} aria-hidden /> : null;
}

function pathOf(lead: LeadRow): string {
  return `/leads/${encodeURIComponent(lead.leadId)}`;
}
