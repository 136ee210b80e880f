"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { IconArrowRight, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { readProblem } from "../_ui/read-problem.ts";
import { useTRPC } from "../trpc/client.tsx";
import { LeadSummary } from "./leads/lead-summary.tsx";

const shown = 7;

/**
 * Search from anywhere, by Ctrl+K or `/`: the same question as the search screen asks, in a few rows. It opens anew with
 * each `turn`: the shell loads it when it is first wanted.
 */
export function LeadPalette({ turn }: { turn: number }) {
  const t = useTranslations("palette");
  const router = useRouter();
  const trpc = useTRPC();
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState(false);
  const [settled] = useDebouncedValue(query.trim(), 150);
  const found = useQuery(trpc.leads.find.queryOptions({ query: settled, limit: shown }, { enabled: opened }));
  const leads = found.data?.leads ?? [];

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is all that is waited for.
  useEffect(() => spotlight.open(), [turn]);

  const go = (path: string) => {
    spotlight.close();
    setQuery("");
    router.push(path);
  };
  const failure = found.isError ? readProblem(found.error) : null;

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      attributes={{ content: { "aria-label": t("title") } }}
      scrollable
      maxHeight={480}
    >
      <Spotlight.Search
        placeholder={t("placeholder")}
        aria-label={t("title")}
        leftSection={<IconSearch size={18} stroke={1.8} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {leads.map((lead) => (
          <Spotlight.Action key={lead.leadId} onClick={() => go(`/leads/${encodeURIComponent(lead.leadId)}`)}>
            <LeadSummary lead={lead} />
          </Spotlight.Action>
        ))}
        {found.data?.nextCursor && (
          <Spotlight.Action
            leftSection={<IconArrowRight size={16} stroke={1.8} aria-hidden />}
            onClick={() => go(settled === "" ? "/leads?view=cards" : `/leads?q=${encodeURIComponent(settled)}`)}
          >
            {t("all")}
          </Spotlight.Action>
        )}
        {leads.length === 0 && (
          <Spotlight.Empty>
            {failure ? failure.message || t("failed") : found.isPending ? t("loading") : t("nothing")}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
