"use client";

import { Loader, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconSortAscending, IconSortDescending } from "@tabler/icons-react";
import Link, { useLinkStatus } from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type Ref, useImperativeHandle } from "react";
import { usePhysicalKeys } from "../../../_ui/physical-keys.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useWindowRows } from "../../../_ui/use-window-rows.ts";
import { LeadSummary } from "../lead-summary.tsx";
import type { LeadRow } from "../use-wish-words.ts";
import type { Address } from "./find-address.ts";
import classes from "./lead-list.module.css";

export interface LeadListHandle {
  focusRow(index: number): void;
  openRow(index: number): void;
}

const rowHeight = { cards: 76, lines: 43 } as const;

/** Leads as rows of one link each, as many in the page as the window shows; the focus walks by J and K or arrows. */
export function LeadList(props: {
  ref: Ref<LeadListHandle>;
  leads: LeadRow[];
  view: Address["view"];
  sort: Address["sort"];
  onSort: (sort: Address["sort"]) => void;
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
  const {
    ref: list,
    rows,
    topOf,
    focusRow: focusOn,
    focusedRow,
  } = useWindowRows<HTMLDivElement>({
    count: leads.length,
    keyOf: (index) => leads[index]?.leadId,
    rowHeight: rowHeight[props.view],
    hasMore: props.hasMore,
    onMore: props.onMore,
  });

  const focusRow = (index: number) => (index < 0 ? props.onLeave() : focusOn(index));

  const openRow = (index: number) => {
    const lead = leads[index];
    if (lead) router.push(pathOf(lead));
  };
  useImperativeHandle(props.ref, () => ({ focusRow, openRow }));

  const walk = (step: 1 | -1) => (event: KeyboardEvent) => {
    event.preventDefault();
    const from = focusedRow();
    focusRow(from === -1 ? 0 : from + step);
  };
  usePhysicalKeys({ KeyJ: walk(1), KeyK: walk(-1), ArrowDown: walk(1), ArrowUp: walk(-1) });

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that lie where the scroll puts them are no <tr>.
    <div
      role="table"
      className={classes.table}
      aria-label={t("list")}
      // -1: there are more than are known of.
      aria-rowcount={props.hasMore ? -1 : leads.length + 1}
      data-stale={props.stale || undefined}
    >
      <ListHead sort={props.sort} onSort={props.onSort} />
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div ref={list} role="rowgroup" className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const lead = leads[row.index];
          if (!lead) return null;
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; its link has the focus.
            <div
              key={row.key}
              role="row"
              ref={rows.measureElement}
              data-index={row.index}
              data-view={props.view}
              className={classes.row}
              aria-rowindex={row.index + 2}
              style={{ transform: topOf(row) }}
            >
              <LeadCells lead={lead} index={row.index} view={props.view} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function ListHead({ sort, onSort }: { sort: Address["sort"]; onSort: (sort: Address["sort"]) => void }) {
  const t = useTranslations("leads");
  const Icon = sort === "newest" ? IconSortDescending : IconSortAscending;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the list.
    <div role="rowgroup">
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see the list. */}
      <div role="row" aria-rowindex={1} className={classes.head}>
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see the list. */}
        <span role="columnheader">{t("lead")}</span>
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see the list. */}
        <span role="columnheader" aria-sort={sort === "newest" ? "descending" : "ascending"}>
          <UnstyledButton className={classes.sort} onClick={() => onSort(sort === "newest" ? "oldest" : "newest")}>
            {t("created")}
            <Icon size={14} stroke={1.8} aria-hidden />
          </UnstyledButton>
        </span>
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see the list. */}
        <span role="columnheader">{t("manager")}</span>
      </div>
    </div>
  );
}

function LeadCells({ lead, index, view }: { lead: LeadRow; index: number; view: Address["view"] }) {
  const t = useTranslations("leads");
  const figures = useFigures();
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: see the list. */}
      <div role="cell" className={classes.lead}>
        <Link href={pathOf(lead)} prefetch={false} className={classes.link} data-row={index}>
          {!lead.seen && (
            <span className={classes.unseen} title={t("unseen")}>
              <VisuallyHidden>{t("unseen")}</VisuallyHidden>
            </span>
          )}
          <LeadSummary lead={lead} line={view === "lines"} />
          <Opening />
        </Link>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see the list. */}
      <span role="cell" className={classes.day}>
        {figures.day(lead.createdOn)}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see the list. */}
      <span role="cell" className={classes.person}>
        <span className={classes.manager} data-mine={lead.mine || undefined}>
          {lead.managerName ?? t("noManager")}
        </span>
        {lead.marks > 0 && <span className={classes.marks}>{t("marks", { count: lead.marks })}</span>}
      </span>
    </>
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
