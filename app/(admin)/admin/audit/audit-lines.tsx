"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { DayField } from "../../../_ui/day-field.tsx";
import { MoreRows } from "../../../_ui/more-rows.tsx";
import { readDay } from "../../../_ui/read-day.ts";
import { useTRPC, useTRPCClient } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import classes from "./audit.module.css";
import { auditAddress } from "./audit-address.ts";
import { AuditLine } from "./audit-line.tsx";
import { useAuditWords } from "./use-audit-words.ts";

type Filter = Omit<RouterInputs["audit"]["search"], "limit" | "cursor">;

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The log itself, newest first, narrowed by who, what, to what and when; the same conditions make the file. */
export function AuditLines() {
  const t = useTranslations("admin.audit");
  const words = useAuditWords();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [address, setFilter] = useQueryStates(auditAddress);
  const [actor] = useDebouncedValue(address.actor.trim(), 250);
  const [subject] = useDebouncedValue(address.subject.trim(), 250);
  const filter: Filter = {
    ...(actor ? { actor } : {}),
    ...(address.action ? { action: address.action } : {}),
    ...(subject ? { subject } : {}),
    ...(isDay(address.from) ? { from: address.from } : {}),
    ...(isDay(address.to) ? { to: address.to } : {}),
  };
  const actions = useQuery(trpc.audit.actions.queryOptions());
  const list = useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ["audit.search", filter],
      queryFn: ({ pageParam }) => client.audit.search.query({ ...filter, cursor: pageParam }),
      initialPageParam: null as RouterOutputs["audit"]["search"]["nextCursor"],
      getNextPageParam: (last) => last.nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const lines = list.data?.pages.flatMap((one) => one.lines) ?? [];
  const narrowed = Object.keys(filter).length > 0;
  const clear = () => void setFilter({ actor: "", action: null, subject: "", from: "", to: "" });

  return (
    <Card
      id="lines"
      title={t("list")}
      aside={
        <Button
          component="a"
          href={`/api/audit/export?${new URLSearchParams(filter as Record<string, string>)}`}
          download
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} stroke={1.8} />}
        >
          {t("export")}
        </Button>
      }
    >
      <div className={classes.filters}>
        <TextInput
          size="xs"
          label={t("who")}
          placeholder={t("whoHint")}
          value={address.actor}
          onChange={(event) => void setFilter({ actor: event.currentTarget.value })}
        />
        <Select
          size="xs"
          label={t("action")}
          placeholder={t("anyAction")}
          data={(actions.data ?? []).map((value) => ({ value, label: words.action(value) }))}
          value={address.action}
          onChange={(action) => void setFilter({ action })}
          clearable
          searchable
        />
        <TextInput
          size="xs"
          label={t("subject")}
          placeholder={t("subjectHint")}
          value={address.subject}
          onChange={(event) => void setFilter({ subject: event.currentTarget.value })}
        />
        <DayField
          size="xs"
          label={t("from")}
          value={readDay(address.from)}
          onChange={(from) => void setFilter({ from: from ?? "" })}
        />
        <DayField
          size="xs"
          label={t("to")}
          value={readDay(address.to)}
          onChange={(to) => void setFilter({ to: to ?? "" })}
        />
        {narrowed && (
          <Button variant="subtle" size="xs" onClick={clear}>
            {t("clear")}
          </Button>
        )}
      </div>
      <MoreRows list={list} none={<p className={page.soft}>{t(narrowed ? "none" : "empty")}</p>}>
        {lines.map((line) => (
          <AuditLine key={line.id} line={line} />
        ))}
      </MoreRows>
    </Card>
  );
}
