"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../_ui/card.tsx";
import { MoreRows } from "../../_ui/more-rows.tsx";
import { useFigures } from "../../_ui/use-figures.ts";
import { useTRPCClient } from "../../trpc/client.tsx";
import { markKind, markState } from "./me-address.ts";
import page from "./my-page.module.css";
import { ownMarkPages } from "./own-mark-pages.ts";
import classes from "./own-marks.module.css";
import { useOwnMarkDeeds } from "./use-own-mark-deeds.tsx";

type OwnMark = RouterOutputs["feedback"]["own"]["marks"][number];

const states = ["standing", "withdrawn", "all"] as const;
const kinds = ["all", "wrongly_removed", "wrongly_kept"] as const;

/** All that one has marked; each mark can be taken back here, and the taking back undone. */
export function OwnMarks({ may }: { may: boolean }) {
  const t = useTranslations("me");
  const client = useTRPCClient();
  const deeds = useOwnMarkDeeds();
  const [{ marks: state, mark }, setFilter] = useQueryStates({ marks: markState, mark: markKind });
  const list = useInfiniteQuery({
    ...ownMarkPages({ state, mark: mark ?? undefined }, (input) => client.feedback.own.query(input)),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap(({ marks }) => marks) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <Card
      id="marks"
      title={t("marks")}
      aside={
        <span className={page.soft} role="status">
          {list.isSuccess ? t("marksCount", { count: total }) : null}
        </span>
      }
    >
      <div className={classes.filters}>
        <SegmentedControl
          size="xs"
          value={state}
          onChange={(value) => void setFilter({ marks: value as (typeof states)[number] })}
          data={states.map((value) => ({ value, label: t(`marksOf.${value}`) }))}
          aria-label={t("marksState")}
        />
        <SegmentedControl
          size="xs"
          value={mark ?? "all"}
          onChange={(value) => void setFilter({ mark: value === "all" ? null : (value as OwnMark["mark"]) })}
          data={kinds.map((value) => ({ value, label: t(`kindOf.${value}`) }))}
          aria-label={t("marksKind")}
        />
      </div>
      <MoreRows
        list={list}
        none={<p className={page.soft}>{t(state === "standing" && mark === null ? "marksEmpty" : "marksNone")}</p>}
      >
        {rows.map((row) => (
          <MarkLine
            key={row.markId}
            row={row}
            onWithdraw={
              may && row.withdrawnAt === null ? () => void deeds.withdraw(row.markId, row.premisesName) : null
            }
          />
        ))}
      </MoreRows>
    </Card>
  );
}

function MarkLine({ row, onWithdraw }: { row: OwnMark; onWithdraw: (() => void) | null }) {
  const t = useTranslations("me");
  const mark = useTranslations("mark");
  const leads = useTranslations("leads");
  const figures = useFigures();
  const state = row.withdrawnAt !== null ? "withdrawn" : row.replaced ? "replaced" : null;
  return (
    <li className={classes.row} data-state={state ?? undefined}>
      <div className={classes.what}>
        <span className={classes.kind} data-mark={row.mark}>
          {mark(row.mark === "wrongly_removed" ? "wronglyRemoved" : "wronglyKept")}
          {row.reason !== null && `, ${mark(`reasonOf.${row.reason}`)}`}
        </span>
        {state !== null && <span className={classes.state}>{t(`stateOf.${state}`)}</span>}
      </div>
      <Link
        className={classes.premises}
        prefetch={false}
        href={`/leads/${encodeURIComponent(row.leadId)}?open=${encodeURIComponent(row.premisesId)}`}
      >
        {row.premisesName}
      </Link>
      <span className={page.soft}>
        {row.brand ?? leads("noBrand")} · {leads("numbered", { id: row.leadId })} · {figures.moment(row.createdAt)}
      </span>
      {onWithdraw && (
        <Button
          className={classes.withdraw}
          variant="subtle"
          size="compact-sm"
          onClick={onWithdraw}
          aria-label={t("withdrawOf", { name: row.premisesName })}
        >
          {mark("withdraw")}
        </Button>
      )}
    </li>
  );
}
