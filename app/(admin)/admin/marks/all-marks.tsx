"use client";

import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { DayField } from "../../../_ui/day-field.tsx";
import { MoreRows } from "../../../_ui/more-rows.tsx";
import { readDay } from "../../../_ui/read-day.ts";
import { useTRPCClient } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { MarkEvent } from "./mark-event.tsx";
import classes from "./marks.module.css";
import { marksAddress } from "./marks-address.ts";

type All = RouterOutputs["feedback"]["all"];
type Filter = Omit<RouterInputs["feedback"]["all"], "limit" | "cursor">;

const limit = 30;
const kinds = ["all", "wrongly_removed", "wrongly_kept"] as const;
const states = ["all", "standing", "withdrawn"] as const;

/** The record of marks as it was appended, newest first, narrowed by who, which lead, which day, which kind. */
export function AllMarks({ managers }: { managers: { managerId: string; name: string }[] }) {
  const t = useTranslations("marks");
  const client = useTRPCClient();
  const [address, setFilter] = useQueryStates(marksAddress);
  const [lead] = useDebouncedValue(address.lead.trim(), 250);
  const filter: Filter = {
    state: address.state,
    ...(address.manager ? { ofManager: address.manager } : {}),
    ...(lead ? { leadId: lead } : {}),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(address.day) ? { day: address.day } : {}),
    ...(address.kind ? { mark: address.kind } : {}),
  };
  const list = useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ["feedback.all", { ...filter, limit }],
      queryFn: ({ pageParam }) => client.feedback.all.query({ ...filter, limit, cursor: pageParam }),
      initialPageParam: null as All["nextCursor"],
      getNextPageParam: (last) => last.nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap(({ marks }) => marks) ?? [];
  const narrowed = Object.keys(filter).length > 1 || address.state !== "all";
  const clear = () => void setFilter({ manager: null, lead: "", day: "", kind: null, state: "all" });

  return (
    <Card
      id="all-marks"
      title={t("list")}
      aside={
        <span className={page.soft} role="status">
          {list.data ? t("found", { count: list.data.pages[0]!.total }) : null}
        </span>
      }
    >
      <div className={classes.filters}>
        <Select
          size="xs"
          aria-label={t("manager")}
          placeholder={t("anyone")}
          data={managers.map(({ managerId, name }) => ({ value: managerId, label: name }))}
          value={address.manager}
          onChange={(manager) => void setFilter({ manager })}
          clearable
          searchable
        />
        <TextInput
          size="xs"
          aria-label={t("lead")}
          placeholder={t("lead")}
          value={address.lead}
          onChange={(event) => void setFilter({ lead: event.currentTarget.value })}
        />
        <DayField
          size="xs"
          aria-label={t("day")}
          placeholder={t("day")}
          value={readDay(address.day)}
          onChange={(day) => void setFilter({ day: day ?? "" })}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("kind")}
          value={address.kind ?? "all"}
          onChange={(value) => void setFilter({ kind: value === "all" ? null : (value as "wrongly_kept") })}
          data={kinds.map((value) => ({ value, label: t(`kindOf.${value}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("state")}
          value={address.state}
          onChange={(value) => void setFilter({ state: value as (typeof states)[number] })}
          data={states.map((value) => ({ value, label: t(`stateOf.${value}`) }))}
        />
        {narrowed && (
          <Button variant="subtle" size="xs" onClick={clear}>
            {t("clear")}
          </Button>
        )}
      </div>
      <MoreRows list={list} none={<p className={page.soft}>{t(narrowed ? "none" : "empty")}</p>}>
        {rows.map((row) => (
          <MarkEvent key={row.markId} row={row} />
        ))}
      </MoreRows>
    </Card>
  );
}
