"use client";

import { Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBuildingOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Hollow } from "../../../_ui/hollow.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import type { LeadCard } from "../use-wish-words.ts";
import { boardAddress } from "./board-address.ts";
import type { BoardItem, MarkReason } from "./board-answers.ts";
import { mayMark, mayPropose } from "./board-rights.ts";
import { BoardSkeleton } from "./board-skeleton.tsx";
import { BoardTools } from "./board-tools.tsx";
import { LeadHeader } from "./lead-header.tsx";
import type { MarkDeeds } from "./mark-menu.tsx";
import classes from "./match-board.module.css";
import { ModelLine } from "./model-line.tsx";
import { ModelNotice } from "./model-notice.tsx";
import { PanelFrame } from "./panel/panel-frame.tsx";
import { PastBanner } from "./past-banner.tsx";
import { PickBar } from "./pick-bar.tsx";
import { PremisesCard } from "./premises-card.tsx";
import { ReadOnlyNote } from "./read-only-note.tsx";
import { RemovalFilter } from "./removal-filter.tsx";
import { SideTabs } from "./side-tabs.tsx";
import { type RemovalGroup, removalGroup, splitBoard } from "./split-board.ts";
import type { Side } from "./use-board-cursor.ts";
import { useBoardKeys } from "./use-board-keys.ts";
import { asStep, useBoardWalk } from "./use-board-walk.ts";
import { useMarks } from "./use-marks.tsx";
import { useSteady } from "./use-steady.ts";
import { VerdictColumn } from "./verdict-column.tsx";

// What most visits do not need comes when it is first asked for.
const MarkTogether = dynamic(() => import("./mark-together.tsx").then((module) => module.MarkTogether));
const CompareTable = dynamic(() => import("./compare-table.tsx").then((module) => module.CompareTable));
const PremisesPanel = dynamic(() => import("./panel/premises-panel.tsx").then((module) => module.PremisesPanel), {
  loading: () => <Skeleton height={480} m="md" radius="md" />,
});
const CityMap = dynamic(() => import("./city-map.tsx").then((module) => module.CityMap));

type Me = RouterOutputs["me"]["get"];

const noItems: BoardItem[] = [];
/** Whoever walks faster does not ask for the details of each. */
const settlingMs = 180;

/** The screen of one lead: every free premises judged, kept beside removed, and a word against a verdict one key away. */
export function MatchBoardScreen({ lead, me }: { lead: LeadCard; me: Me }) {
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
  /** What is about to be marked in one deed, once it is confirmed. */
  const [asked, setAsked] = useState<BoardItem[] | null>(null);

  const items = board.data?.items ?? noItems;
  const split = useMemo(() => splitBoard(items, address.order), [items, address.order]);
  const why = split.groups.find(({ group }) => group === address.why)?.group ?? null;
  const shown = useMemo<Record<Side, BoardItem[]>>(() => {
    return { keep: split.kept, remove: why === null ? split.removed : groupOf(split.removed, why) };
  }, [split, why]);
  const walk = useBoardWalk(items, shown);
  const { cursor, picks, opened, acting } = walk;
  const [settledOn] = useDebouncedValue(address.open, settlingMs);

  const groupToMark = why ?? (acting?.decision === "remove" ? removalGroup(acting) : null);
  const ask = (wanted: BoardItem[]) => {
    if (deeds && wanted.length > 0) setAsked(wanted);
  };

  useBoardKeys({
    step: (by) => walk.goTo(cursor.neighbour(by)),
    stepPicking: (by) => {
      const next = cursor.neighbour(by);
      if (next) walk.pick(next, true);
    },
    cross: (side) => walk.goTo(cursor.across(side)),
    mark: (reason: MarkReason | null) => {
      if (!deeds || !acting) return;
      if (reason === null && marks.of(acting)) deeds.withdraw(acting);
      else deeds.mark(acting, reason);
    },
    markPicked: () => ask(picks.items),
    markGroup: () => ask(groupToMark === null ? [] : groupOf(split.removed, groupToMark)),
    pick: () => acting && picks.toggle(acting),
    pickColumn: () => picks.add(shown[cursor.side]),
    open: () => cursor.item && walk.toggleOpen(cursor.item),
    compare: walk.comparePicked,
    toggleMap: walk.toggleMap,
    leave: () => {
      if (opened) walk.close();
      else picks.clear();
    },
    undo: marks.undo,
    redo: marks.redo,
  });

  /** The button that was pressed goes away with the deed; the focus stays on its card. */
  const fromCard: MarkDeeds = {
    mark: (item, reason) => {
      deeds?.mark(item, reason);
      walk.focusCard(item);
    },
    withdraw: (item) => {
      deeds?.withdraw(item);
      walk.focusCard(item);
    },
  };
  const steady = useSteady({ ...fromCard, open: walk.toggleOpen, pick: walk.pick, focus: cursor.put });
  const card = (item: BoardItem) => (
    <PremisesCard
      item={item}
      mark={marks.of(item)}
      current={cursor.item?.premisesId === item.premisesId}
      opened={opened?.premisesId === item.premisesId}
      picked={picks.has(item)}
      withLikelihood={board.data?.model !== null}
      deeds={deeds && steady}
      onOpen={steady.open}
      onPick={steady.pick}
      onFocus={steady.focus}
    />
  );

  return (
    <div className={classes.screen}>
      <LeadHeader lead={board.data?.lead ?? lead} remember={marks.remember} />
      {board.isSuccess && !board.data.isToday && <PastBanner asOf={board.data.asOf} />}
      {board.isSuccess && board.data.isToday && (
        <ModelNotice
          leadId={lead.leadId}
          items={items}
          onOpen={walk.goToOnMap}
          withVersions={me.permissions.includes("model:read")}
        />
      )}
      {board.isSuccess && board.data.isToday && !deeds && <ReadOnlyNote managerName={lead.managerName} />}
      {board.isPending && <BoardSkeleton />}
      {board.isError && (
        <Problem error={board.error} onRetry={() => void board.refetch()} retrying={board.isFetching} />
      )}
      {board.isSuccess && (
        <div className={classes.about}>
          <ModelLine
            model={board.data.model}
            byDraw={board.data.withoutModelByDraw}
            counts={{ total: items.length, kept: split.kept.length, removed: split.removed.length }}
          />
          <BoardTools
            byRules={board.data.model === null}
            order={address.order}
            onOrder={(order) => void setAddress({ order })}
            today={board.data.today}
            asOf={board.data.asOf}
            onAsOf={(asOf) => void setAddress({ asOf }, asStep)}
            map={address.map}
            onMap={walk.toggleMap}
          />
        </div>
      )}
      {board.isSuccess && items.length === 0 && (
        <Hollow icon={IconBuildingOff} title={t("nothingFree")} text={t("nothingFreeMore")} />
      )}
      {board.isSuccess && items.length > 0 && (
        <>
          <SideTabs
            side={address.side}
            counts={{ keep: split.kept.length, remove: split.removed.length }}
            onChange={(side) => void setAddress({ side })}
          />
          <div
            className={classes.columns}
            data-side={address.side}
            data-panel={opened !== null || address.map || undefined}
          >
            <VerdictColumn
              ref={(handle) => walk.hold("keep", handle)}
              side="keep"
              title={t("kept")}
              order={
                address.order === "model"
                  ? t(board.data.model ? "keptOrder" : "keptOrderByRules")
                  : t(`orderOf.${address.order}`)
              }
              count={split.kept.length}
              items={shown.keep}
              empty={<Hollow icon={IconBuildingOff} title={t("keptEmpty")} text={t("keptEmptyMore")} />}
              card={card}
            />
            <VerdictColumn
              ref={(handle) => walk.hold("remove", handle)}
              side="remove"
              title={t("removed")}
              order={address.order === "model" ? t("removedOrder") : t(`orderOf.${address.order}`)}
              count={split.removed.length}
              items={shown.remove}
              filter={
                <RemovalFilter
                  groups={split.groups}
                  chosen={why}
                  onChoose={(group) => void setAddress({ why: group }, asStep)}
                  onMarkGroup={deeds && (() => ask(shown.remove))}
                />
              }
              empty={<Hollow icon={IconBuildingOff} title={t("removedEmpty")} text={t("removedEmptyMore")} />}
              card={card}
            />
            {(opened || address.map) && (
              <PanelFrame onClose={opened ? walk.close : walk.toggleMap}>
                {address.map && (
                  <CityMap
                    items={items}
                    current={opened ?? cursor.item}
                    onChoose={walk.goToOnMap}
                    onClose={walk.toggleMap}
                  />
                )}
                {opened && (
                  <PremisesPanel
                    key={opened.premisesId}
                    item={opened}
                    mark={marks.of(opened)}
                    deeds={deeds}
                    board={board.data}
                    settled={settledOn === opened.premisesId}
                    onStep={(step) => walk.goTo(cursor.neighbour(step))}
                    onClose={walk.close}
                  />
                )}
              </PanelFrame>
            )}
          </div>
          {picks.items.length > 0 && (
            <PickBar
              picks={picks}
              column={{ side: cursor.side, why, items: shown[cursor.side] }}
              proposeTo={mayPropose(me, lead) && board.data.isToday ? lead.leadId : null}
              onCompare={walk.comparePicked}
              onMark={deeds && (() => ask(picks.items))}
            />
          )}
          {walk.compared.length > 0 && (
            <CompareTable
              items={walk.compared}
              withLikelihood={board.data.model !== null}
              onDrop={(item) =>
                void setAddress({ compare: address.compare.filter((premisesId) => premisesId !== item.premisesId) })
              }
              onClose={() => void setAddress({ compare: null }, asStep)}
            />
          )}
          {asked && (
            <MarkTogether
              items={asked}
              markOf={marks.of}
              onMark={(fresh, reason) => {
                marks.markAll(fresh, reason);
                setAsked(null);
              }}
              onClose={() => setAsked(null)}
            />
          )}
        </>
      )}
    </div>
  );
}

function groupOf(removed: readonly BoardItem[], group: RemovalGroup): BoardItem[] {
  return removed.filter((item) => removalGroup(item) === group);
}
