"use client";

import { Button, SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { DayField } from "../_ui/day-field.tsx";
import { useTRPC } from "../trpc/client.tsx";
import { periods, reportAddress } from "./report-address.ts";
import classes from "./report-scope-bar.module.css";

/** Narrows every report of a page: when, which bank and trade, whose leads where that is a question. Counts at once and stays in the address. */
export function ReportScopeBar({ withManager = true }: { withManager?: boolean }) {
  const t = useTranslations("reports");
  const trpc = useTRPC();
  const [address, narrow] = useQueryStates(reportAddress);
  const choices = useQuery(trpc.leads.choices.queryOptions());
  const ownSpan = address.from !== null || address.to !== null;
  const isNarrowed = ownSpan || address.bank !== null || address.trade !== null || address.manager !== null;
  const select = {
    size: "sm",
    clearable: true,
    clearButtonProps: { "aria-label": t("clear") },
    nothingFoundMessage: t("noSuch"),
  } as const;
  return (
    <section className={classes.bar} aria-label={t("scope")}>
      <SegmentedControl
        size="sm"
        aria-label={t("period")}
        value={ownSpan ? "" : address.period}
        data={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
        onChange={(period) => void narrow({ period: period as (typeof periods)[number], from: null, to: null })}
      />
      <DayField
        aria-label={t("from")}
        placeholder={t("from")}
        value={address.from}
        max={address.to ?? undefined}
        onChange={(from) => void narrow({ from })}
      />
      <DayField
        aria-label={t("to")}
        placeholder={t("to")}
        value={address.to}
        min={address.from ?? undefined}
        onChange={(to) => void narrow({ to })}
      />
      <Select
        {...select}
        aria-label={t("bank")}
        placeholder={t("anyBank")}
        data={(["left", "right"] as const).map((value) => ({ value, label: t(`banks.${value}`) }))}
        value={address.bank}
        onChange={(bank) => void narrow({ bank: bank as "left" | "right" | null })}
      />
      <Select
        {...select}
        searchable
        aria-label={t("trade")}
        placeholder={t("anyTrade")}
        data={withChosen(choices.data?.trades, address.trade)}
        value={address.trade}
        onChange={(trade) => void narrow({ trade })}
      />
      {withManager && (
        <Select
          {...select}
          searchable
          aria-label={t("manager")}
          placeholder={t("anyManager")}
          data={(choices.data?.managers ?? []).map(({ managerId, name, isGone }) => ({
            value: managerId,
            label: isGone ? t("gone", { name }) : name,
          }))}
          value={address.manager}
          onChange={(manager) => void narrow({ manager })}
        />
      )}
      {isNarrowed && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => void narrow({ from: null, to: null, bank: null, trade: null, manager: null })}
        >
          {t("reset")}
        </Button>
      )}
    </section>
  );
}

/** A choice that has gone out of use still shows what is chosen. */
function withChosen(words: readonly string[] = [], chosen: string | null): string[] {
  return chosen === null || words.includes(chosen) ? [...words] : [chosen, ...words];
}
