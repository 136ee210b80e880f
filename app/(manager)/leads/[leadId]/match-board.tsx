"use client";

import { IconBuildingOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useRef } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Hollow } from "../../../_ui/hollow.tsx";
import { usePhysicalKeys } from "../../../_ui/physical-keys.ts";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import type { LeadRow } from "../use-wish-words.ts";
import { boardAddress } from "./board-address.ts";
import { type BoardItem, keyedReasons, type MarkReason } from "./board-answers.ts";
import { BoardSkeleton } from "./board-skeleton.tsx";
import { LeadHeader } from "./lead-header.tsx";
import type { MarkDeeds } from "./mark-menu.tsx";
import classes from "./match-board.module.css";
import { ModelLine } from "./model-line.tsx";
import { PanelFrame } from "./panel-frame.tsx";
import { PastBanner } from "./past-banner.tsx";
import { PickBar } from "./pick-bar.tsx";
import { PremisesCard } from "./premises-card.tsx";
import { PremisesPanel } from "./premises-panel.tsx";
import { RemovalFilter } from "./removal-filter.tsx";
import { SideTabs } from "./side-tabs.tsx";
import { removalGroup, splitBoard } from "./split-board.ts";
import { type Side, useBoardCursor } from "./use-board-cursor.ts";
import { useMarks } from "./use-marks.tsx";
import { usePicks } from "./use-picks.ts";
import { VerdictColumn, type VerdictColumnHandle } from "./verdict-column.tsx";

type Me = RouterOutputs["me"]["get"];

const noItems: BoardItem[] = [];

/** The screen of one lead: every free premises judged, kept beside removed, and a word against a verdict one key away. */
export function MatchBoardScreen({ lead, me }: { lead: LeadRow; me: Me }) {
  const t = useTranslations("board");
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(boardAddress);
  // A board is a picture taken when it was asked for: it must not reorder itself under the hand.
  const board = useQuery(
    trpc.matching.board.queryOptions(
      { leadId: lead.leadId, asOf: address.asOf ?? undefined },
      { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
  );
  const marks = useMarks(board.data, lead.leadId);
  const deeds = mayMark(me, lead) && board.data?.isToday ? marks : null;

  const items = board.data?.items ?? noItems;
  const split = useMemo(() => splitBoard(items), [items]);
  const why = split.groups.find(({ group }) => group === address.why)?.group ?? null;
  const shown: Record<Side, BoardItem[]> = {
    keep: split.kept,
    remove: why === null ? split.removed : split.removed.filter((item) => removalGroup(item) === why),
  };
  const opened = items.find((item) => item.premisesId === address.open) ?? null;

  const columns = useRef<Record<Side, VerdictColumnHandle | null>>({ keep: null, remove: null });
  const cursor = useBoardCursor(shown, address.side);
  const picks = usePicks(items, address.picked, (picked) => void setAddress({ picked }));

  const focusCard = (item: BoardItem) => {
    cursor.put(item);
    if (address.side !== item.decision) void setAddress({ side: item.decision });
    columns.current[item.decision]?.focusRow(shown[item.decision].indexOf(item));
  };
  const goTo = (item: BoardItem | null) => {
    if (!item) return;
    focusCard(item);
    if (opened) void setAddress({ open: item.premisesId });
  };
  const toggleOpen = (item: BoardItem) => {
    cursor.put(item);
    void setAddress({ open: opened?.premisesId === item.premisesId ? null : item.premisesId });
  };
  const close = () => {
    void setAddress({ open: null });
    if (opened) focusCard(opened);
  };

  /** The button that was pressed goes away with the deed; the focus stays on its card. */
  const fromCard: MarkDeeds | null = deeds && {
    mark: (item, reason) => {
      deeds.mark(item, reason);
      focusCard(item);
    },
    withdraw: (item) => {
      deeds.withdraw(item);
      focusCard(item);
    },
  };

  const acting = cursor.item ?? opened;
  const mark = (reason: MarkReason | null) => {
    if (!deeds || !acting) return;
    if (reason === null && marks.of(acting)) deeds.withdraw(acting);
    else deeds.mark(acting, reason);
  };
  const pick = (item: BoardItem, range: boolean) => {
    if (range) picks.add(cursor.rangeTo(item));
    else picks.toggle(item);
    focusCard(item);
  };
  const pickOn = (step: 1 | -1) => (event: KeyboardEvent) => {
    event.preventDefault();
    const next = cursor.neighbour(step);
    if (next) pick(next, true);
  };
  const walk = (step: 1 | -1) => (event: KeyboardEvent) => {
    event.preventDefault();
    goTo(cursor.neighbour(step));
  };

  usePhysicalKeys({
    KeyJ: walk(1),
    KeyK: walk(-1),
    ArrowDown: walk(1),
    ArrowUp: walk(-1),
    ArrowLeft: () => goTo(cursor.across("keep")),
    ArrowRight: () => goTo(cursor.across("remove")),
    KeyX: () => mark(null),
    ...Object.fromEntries(keyedReasons.map((reason, place) => [`Digit${place + 1}`, () => mark(reason)])),
    KeyP: () => acting && picks.toggle(acting),
    KeyA: () => picks.add(shown[cursor.side]),
    "Shift+KeyJ": pickOn(1),
    "Shift+KeyK": pickOn(-1),
    "Shift+ArrowDown": pickOn(1),
    "Shift+ArrowUp": pickOn(-1),
    Enter: (event) => {
      const pressed = event.target instanceof Element && event.target.closest("a, button, summary");
      if (!pressed && cursor.item) toggleOpen(cursor.item);
    },
    Escape: () => {
      if (opened) close();
      else picks.clear();
    },
    "Ctrl+KeyZ": (event) => {
      event.preventDefault();
      marks.undo();
    },
  });

  const card = (item: BoardItem) => (
    <PremisesCard
      item={item}
      mark={marks.of(item)}
      current={cursor.item?.premisesId === item.premisesId}
      opened={opened?.premisesId === item.premisesId}
      picked={picks.has(item)}
      withLikelihood={board.data?.model !== null}
      deeds={fromCard}
      onOpen={toggleOpen}
      onPick={pick}
      onFocus={cursor.put}
    />
  );

  return (
    <div className={classes.screen}>
      <LeadHeader lead={board.data?.lead ?? lead} />
      {board.isSuccess && !board.data.isToday && <PastBanner asOf={board.data.asOf} />}
      {board.isPending && <BoardSkeleton />}
      {board.isError && (
        <Problem error={board.error} onRetry={() => void board.refetch()} retrying={board.isFetching} />
      )}
      {board.isSuccess && items.length === 0 && (
        <Hollow icon={IconBuildingOff} title={t("nothingFree")} text={t("nothingFreeMore")} />
      )}
      {board.isSuccess && items.length > 0 && (
        <>
          <ModelLine
            model={board.data.model}
            counts={{ total: items.length, kept: split.kept.length, removed: split.removed.length }}
          />
          <SideTabs
            side={address.side}
            counts={{ keep: split.kept.length, remove: split.removed.length }}
            onChange={(side) => void setAddress({ side })}
          />
          <div className={classes.columns} data-side={address.side} data-panel={opened !== null || undefined}>
            <VerdictColumn
              ref={(handle) => {
                columns.current.keep = handle;
              }}
              side="keep"
              title={t("kept")}
              order={board.data.model ? t("keptOrder") : t("keptOrderByRules")}
              count={split.kept.length}
              items={shown.keep}
              empty={<Hollow icon={IconBuildingOff} title={t("keptEmpty")} text={t("keptEmptyMore")} />}
              card={card}
            />
            <VerdictColumn
              ref={(handle) => {
                columns.current.remove = handle;
              }}
              side="remove"
              title={t("removed")}
              order={t("removedOrder")}
              count={split.removed.length}
              items={shown.remove}
              filter={
                <RemovalFilter
                  groups={split.groups}
                  chosen={why}
                  onChoose={(group) => void setAddress({ why: group })}
                />
              }
              empty={<Hollow icon={IconBuildingOff} title={t("removedEmpty")} text={t("removedEmptyMore")} />}
              card={card}
            />
            {opened && (
              <PanelFrame onClose={close}>
                <PremisesPanel
                  key={opened.premisesId}
                  item={opened}
                  mark={marks.of(opened)}
                  deeds={deeds}
                  threshold={board.data.model?.threshold ?? null}
                  onStep={(step) => goTo(cursor.neighbour(step))}
                  onClose={close}
                />
              </PanelFrame>
            )}
          </div>
          {picks.items.length > 0 && <PickBar count={picks.items.length} onClear={picks.clear} />}
        </>
      )}
    </div>
  );
}

/** A manager marks in his own name, an administrator in that of the lead's manager: without a name nobody can. */
function mayMark(me: Me, lead: LeadRow): boolean {
  if (!me.permissions.includes("mark:create")) return false;
  return me.role === "manager" ? me.managerId !== null : lead.managerId !== null;
}
