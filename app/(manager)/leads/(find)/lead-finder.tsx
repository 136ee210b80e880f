"use client";

import { Button, CloseButton, Loader, TextInput, Title, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { use, useEffect, useRef, useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc/client.tsx";
import { SearchBoxContext } from "../../search-box.ts";
import { FilterBar } from "./filter-bar.tsx";
import { countFilters, findAddress, leadPages, noFilters, queryMax } from "./find-address.ts";
import classes from "./lead-finder.module.css";
import { LeadList, type LeadListHandle } from "./lead-list.tsx";
import { LeadSkeletons } from "./lead-skeletons.tsx";
import { NothingFound } from "./nothing-found.tsx";

/** How often a list that holds nothing yet looks whether the first import has come. */
const FIRST_IMPORT_MS = 20_000;

/** The search screen: one box, a few filters, one list; all of it in the address. */
export function LeadFinder({ me }: { me: RouterOutputs["me"]["get"] }) {
  const t = useTranslations("leads");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [address, setAddress] = useQueryStates(findAddress);
  const [typed, setTyped] = useState(address.q);
  const [settled] = useDebouncedValue(typed, 180);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<LeadListHandle>(null);
  const offerSearchBox = use(SearchBoxContext);

  useEffect(() => {
    offerSearchBox({ focus: () => input.current?.select() });
    return () => offerSearchBox(null);
  }, [offerSearchBox]);

  // The back button moves the address, and the box follows it.
  const [seenQuery, setSeenQuery] = useState(address.q);
  if (seenQuery !== address.q) {
    setSeenQuery(address.q);
    setTyped(address.q);
  }

  const choices = useQuery(trpc.leads.choices.queryOptions());
  const found = useInfiniteQuery({
    ...leadPages({ ...address, q: settled }, (input) => client.leads.find.query(input)),
    placeholderData: keepPreviousData,
    refetchInterval: choices.data?.anyLead === false ? FIRST_IMPORT_MS : false,
  });
  const leads = found.data?.pages.flatMap((page) => page.leads) ?? [];
  const searching = settled.trim() !== "";
  const narrowed = countFilters(address) > 0;

  const search = (text: string) => {
    setTyped(text);
    setSeenQuery(text);
    void setAddress({ q: text === "" ? null : text }, { throttleMs: 250 });
  };
  const clear = () => {
    search("");
    input.current?.focus();
  };
  const resetFilters = () => {
    void setAddress({ ...noFilters, view: address.view }, { history: "push" });
    input.current?.focus();
  };

  return (
    <div className={classes.page}>
      <VisuallyHidden>
        <Title order={1}>{t("title")}</Title>
      </VisuallyHidden>
      <search className={classes.search}>
        <TextInput
          ref={input}
          size="md"
          type="search"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={queryMax}
          value={typed}
          aria-label={t("search")}
          aria-describedby="search-hint"
          placeholder={t("placeholder")}
          onChange={(event) => search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.code === "ArrowDown") {
              event.preventDefault();
              list.current?.focusRow(0);
            }
            if (event.code === "Enter" && settled === typed) list.current?.openRow(0);
            if (event.code === "Escape" && typed !== "") clear();
          }}
          leftSection={<IconSearch size={19} stroke={1.8} aria-hidden />}
          rightSection={
            found.isFetching && !found.isFetchingNextPage ? (
              <Loader size={16} aria-hidden />
            ) : typed === "" ? null : (
              <CloseButton aria-label={t("clear")} onClick={clear} size="sm" />
            )
          }
          classNames={{ input: classes.input }}
        />
        <p id="search-hint" className={classes.hint}>
          {t("hint")}
        </p>
        <FilterBar
          me={me}
          address={{ ...address, q: typed }}
          choices={choices.data}
          onChange={(next) => void setAddress(next, { history: "push" })}
          onReset={resetFilters}
        />
      </search>
      <div className={classes.heading}>
        <Title order={2} className={classes.title}>
          {searching || narrowed ? t("found") : t("recent")}
        </Title>
        <span className={classes.count} role="status">
          {(searching || narrowed) && found.isSuccess && !found.hasNextPage && leads.length > 0
            ? t("count", { count: leads.length })
            : null}
        </span>
      </div>

      {found.isPending && <LeadSkeletons view={address.view} />}
      {leads.length > 0 && (
        <LeadList
          key={address.view}
          ref={list}
          leads={leads}
          view={address.view}
          sort={address.sort}
          onSort={(sort) => void setAddress({ sort, view: address.view })}
          stale={found.isPlaceholderData}
          hasMore={found.hasNextPage}
          onMore={() => {
            if (!found.isFetchingNextPage && !found.isError) void found.fetchNextPage();
          }}
          onLeave={() => input.current?.focus()}
        />
      )}
      {found.isError && (
        <Problem
          error={found.error}
          onRetry={() => void (leads.length > 0 ? found.fetchNextPage() : found.refetch())}
          retrying={found.isFetching}
        />
      )}
      {found.isSuccess && leads.length === 0 && (
        <NothingFound me={me} query={settled.trim()} narrowed={narrowed} anyLead={choices.data?.anyLead ?? true}>
          {narrowed && <Button onClick={resetFilters}>{t("resetFilters")}</Button>}
          {searching && (
            <Button variant="subtle" onClick={clear}>
              {t("reset")}
            </Button>
          )}
        </NothingFound>
      )}
    </div>
  );
}
