"use client";

import { Button, Group, Select, Stack, Switch } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { DayField } from "../../../_ui/day-field.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import classes from "./filter-bar.module.css";
import type { FilterBarProps } from "./filter-bar.tsx";
import type { Address } from "./find-address.ts";

const spans = [7, 30, 90] as const;

/** The filters as fields; each counts as soon as it is chosen. */
export function FilterFields({ me, address, choices, onChange }: FilterBarProps) {
  const t = useTranslations("filters");
  const select = {
    size: "sm",
    clearable: true,
    clearButtonProps: { "aria-label": t("clear") },
    nothingFoundMessage: t("noSuch"),
    comboboxProps: { withinPortal: false },
  } as const;
  /** A choice that has gone out of use still shows what is chosen. */
  const options = (words: readonly string[] | undefined, chosen: string | null) =>
    chosen === null || words?.includes(chosen) ? [...(words ?? [])] : [chosen, ...(words ?? [])];

  return (
    <Stack gap="sm">
      <Group gap="xs" grow>
        <DayField
          label={t("from")}
          value={address.from}
          max={address.to ?? undefined}
          onChange={(from) => onChange({ from })}
        />
        <DayField
          label={t("to")}
          value={address.to}
          min={address.from ?? undefined}
          onChange={(to) => onChange({ to })}
        />
      </Group>
      <Group gap={4}>
        {spans.map((days) => (
          <Button
            key={days}
            size="compact-xs"
            variant="light"
            onClick={() => onChange({ from: daysAgo(days), to: null })}
          >
            {t("lastDays", { days })}
          </Button>
        ))}
      </Group>
      <div className={classes.fields}>
        <Select
          {...select}
          label={t("district")}
          searchable
          data={options(choices?.districts, address.district)}
          value={address.district}
          onChange={(district) => onChange({ district })}
        />
        <Select
          {...select}
          label={t("trade")}
          searchable
          data={options(choices?.trades, address.trade)}
          value={address.trade}
          onChange={(trade) => onChange({ trade })}
        />
        {choices?.managers && (
          <Select
            {...select}
            label={t("manager")}
            searchable
            data={choices.managers.map(({ managerId, name, isGone }) => ({
              value: managerId,
              label: isGone ? t("gone", { name }) : name,
            }))}
            value={address.manager}
            onChange={(manager) => onChange({ manager })}
          />
        )}
        <Select
          {...select}
          label={t("fill")}
          data={(["none", "some", "full"] as const).map((value) => ({ value, label: t(`fillOf.${value}`) }))}
          value={address.fill}
          onChange={(fill) => onChange({ fill: fill as Address["fill"] })}
        />
        <Select
          {...select}
          label={t("seen")}
          data={(["unseen", "marked"] as const).map((value) => ({ value, label: t(`seenOf.${value}`) }))}
          value={address.seen}
          onChange={(seen) => onChange({ seen: seen as Address["seen"] })}
        />
        <Select
          size="sm"
          label={t("sort")}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          data={(["newest", "oldest"] as const).map((value) => ({ value, label: t(`sortOf.${value}`) }))}
          value={address.sort}
          onChange={(sort) => onChange({ sort: sort as Address["sort"], view: address.view })}
        />
      </div>
      {me.permissions.includes("setting:change") && <AllOpenSwitch isOpen={choices?.managersSeeAllLeads ?? false} />}
    </Stack>
  );
}

/** `YYYY-MM-DD` so many days before today in Novosibirsk. */
function daysAgo(days: number): string {
  const moment = new Date(Date.now() - days * 86_400_000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Novosibirsk" }).format(moment);
}

/** An administrator's word on who may read whose leads. */
function AllOpenSwitch({ isOpen }: { isOpen: boolean }) {
  const t = useTranslations("filters");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.settings.change.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.leads.choices.queryKey() }),
      onError: (error) => notifications.show({ color: "red", message: readProblem(error).message || t("failed") }),
    }),
  );
  return (
    <Switch
      label={t("allOpen")}
      description={t("allOpenMore")}
      checked={change.isPending ? change.variables.value === true : isOpen}
      disabled={change.isPending}
      onChange={(event) => change.mutate({ name: "managersSeeAllLeads", value: event.currentTarget.checked })}
    />
  );
}
