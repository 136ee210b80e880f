"use client";

import { Button, CloseButton, Loader, TextInput, Title, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconInbox, IconSearch, IconSearchOff } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { use, useEffect, useRef, useState } from "react";
import { Hollow } from "../../../_ui/hollow.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPCClient } from "../../../trpc/client.tsx";
import { SearchBoxContext } from "../../search-box.ts";
import { leadPages, queryMax, queryParser } from "./find-query.ts";
import classes from "./lead-finder.module.css";
import { LeadList, type LeadListHandle } from "./lead-list.tsx";
import { LeadSkeletons } from "./lead-skeletons.tsx";

/** The search screen: one box, one list, the query in the address. */
export function LeadFinder() {
  const t = useTranslations("leads");
  const client = useTRPCClient();
  const [query, setQuery] = useQueryState("q", queryParser.withOptions({ throttleMs: 250 }));
  const [typed, setTyped] = useState(query);
  const [settled] = useDebouncedValue(typed, 180);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<LeadListHandle>(null);
  const offerSearchBox = use(SearchBoxContext);

  useEffect(() => {
    offerSearchBox({ focus: () => input.current?.select() });
    return () => offerSearchBox(null);
  }, [offerSearchBox]);

  // The back button moves the address, and the box follows it.
  const [seenQuery, setSeenQuery] = useState(query);
  if (seenQuery !== query) {
    setSeenQuery(query);
    setTyped(query);
  }

  const found = useInfiniteQuery({
    ...leadPages(settled, (input) => client.leads.find.query(input)),
    placeholderData: keepPreviousData,
  });
  const leads = found.data?.pages.flatMap((page) => page.leads) ?? [];

  const search = (text: string) => {
    setTyped(text);
    setSeenQuery(text);
    void setQuery(text === "" ? null : text);
  };
  const reset = () => {
    search("");
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
            if (event.code === "Escape" && typed !== "") reset();
          }}
          leftSection={<IconSearch size={19} stroke={1.8} aria-hidden />}
          rightSection={
            found.isFetching && !found.isFetchingNextPage ? (
              <Loader size={16} aria-hidden />
            ) : typed === "" ? null : (
              <CloseButton aria-label={t("clear")} onClick={reset} size="sm" />
            )
          }
          classNames={{ input: classes.input }}
        />
        <p id="search-hint" className={classes.hint}>
          {t("hint")}
        </p>
      </search>
      <div className={classes.heading}>
        <Title order={2} className={classes.title}>
          {settled.trim() === "" ? t("recent") : t("found")}
        </Title>
        <span className={classes.count} role="status">
          {settled.trim() !== "" && found.isSuccess && !found.hasNextPage && leads.length > 0
            ? t("count", { count: leads.length })
            : null}
        </span>
      </div>

      {found.isPending && <LeadSkeletons />}
      {leads.length > 0 && (
        <LeadList
          ref={list}
          leads={leads}
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
      {found.isSuccess && leads.length === 0 && settled.trim() === "" && (
        <Hollow icon={IconInbox} title={t("empty")} text={t("emptyMore")} />
      )}
      {found.isSuccess && leads.length === 0 && settled.trim() !== "" && (
        <Hollow icon={IconSearchOff} title={t("nothing", { query: settled.trim() })} text={t("nothingMore")}>
          <Button variant="subtle" onClick={reset}>
            {t("reset")}
          </Button>
        </Hollow>
      )}
    </div>
  );
}
