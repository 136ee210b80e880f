"use client";

import { Loader, SegmentedControl, Skeleton, Title } from "@mantine/core";
import { IconBuildingOff, IconUsersMinus } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Hollow } from "../../../_ui/hollow.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { WindowList } from "../../../_ui/window-list.tsx";
import { useTRPCClient } from "../../../trpc/client.tsx";
import { LeadMatchCard } from "../lead-match-card.tsx";
import { leadDecision, leadMatchPages, whoseLeads } from "./lead-match-address.ts";
import classes from "./lead-matches.module.css";

const verdicts = ["all", "keep", "remove"] as const;
const whoses = ["all", "mine", "nobodys"] as const;

/** The open leads of a premises, those it suits first: the same verdicts and chances as on their own boards. */
export function LeadMatches(props: { premises: RouterOutputs["premises"]["get"]; me: RouterOutputs["me"]["get"] }) {
  const { premises, me } = props;
  const t = useTranslations("stock");
  const figures = useFigures();
  const client = useTRPCClient();
  const [{ whose, decision }, setFilter] = useQueryStates({ whose: whoseLeads, decision: leadDecision });
  const asOf = premises.isToday ? undefined : premises.asOf;
  const match = useInfiniteQuery({
    ...leadMatchPages({ premisesId: premises.premisesId, asOf, whose, decision: decision ?? undefined }, (input) =>
      client.matching.premises.query(input),
    ),
    enabled: premises.freeSinceOn !== null,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const [first] = match.data?.pages ?? [];
  const rows = match.data?.pages.flatMap(({ leads }) => leads) ?? [];
  if (premises.freeSinceOn === null)
    return (
      <section className={classes.section} aria-labelledby="leads">
        <Title order={2} id="leads" className={classes.title}>
          {t("leads")}
        </Title>
        <div className={classes.hollow}>
          <Hollow icon={IconBuildingOff} title={t("notFree")} text={t("notFreeMore")} />
        </div>
      </section>
    );
  return (
    <section className={classes.section} aria-labelledby="leads">
      <div className={classes.heading}>
        <Title order={2} id="leads" className={classes.title}>
          {t("leads")}
        </Title>
        {match.isFetching && !match.isFetchingNextPage && <Loader size={16} aria-hidden />}
        <span className={classes.count} role="status">
          {first && !match.isPlaceholderData
            ? t("leadsCount", { count: first.total, kept: String(first.kept) })
            : t("matching")}
        </span>
      </div>
      <div className={classes.filters}>
        <SegmentedControl
          size="xs"
          value={decision ?? "all"}
          onChange={(value) => void setFilter({ decision: value === "all" ? null : (value as "keep" | "remove") })}
          data={verdicts.map((value) => ({ value, label: t(`decisionOf.${value}`) }))}
          aria-label={t("decision")}
        />
        {me.managerId !== null && (
          <SegmentedControl
            size="xs"
            value={whose}
            onChange={(value) => void setFilter({ whose: value as (typeof whoses)[number] })}
            data={whoses.map((value) => ({ value, label: t(`whoseOf.${value}`) }))}
            aria-label={t("whose")}
          />
        )}
      </div>
      {first && (
        <p className={classes.model}>
          {first.model === null
            ? t("handRules")
            : t("byModel", { id: String(first.model.modelId), day: figures.day(first.model.asOf) })}
          {first.withoutModel > 0 && <> {t("withoutModel", { count: first.withoutModel })}</>}
        </p>
      )}
      {match.isPending && <Skeletons />}
      {rows.length > 0 && (
        <WindowList
          key={`${whose} ${decision}`}
          label={t("leads")}
          count={rows.length}
          keyOf={(index) => rows[index]?.lead.leadId}
          rowHeight={rowHeight}
          gap={8}
          total={match.hasNextPage ? -1 : rows.length}
          stale={match.isPlaceholderData}
          hasMore={match.hasNextPage}
          onMore={() => {
            if (!match.isFetchingNextPage && !match.isError) void match.fetchNextPage();
          }}
        >
          {(index) => (
            <LeadMatchCard
              match={rows[index]!}
              premisesId={premises.premisesId}
              withLikelihood={first?.model !== null}
            />
          )}
        </WindowList>
      )}
      {match.isError && (
        <Problem
          error={match.error}
          onRetry={() => void (rows.length > 0 ? match.fetchNextPage() : match.refetch())}
          retrying={match.isFetching}
        />
      )}
      {match.isSuccess && rows.length === 0 && (
        <div className={classes.hollow}>
          <Hollow icon={IconUsersMinus} title={t("noLeads")} text={t("noLeadsMore")} />
        </div>
      )}
    </section>
  );
}

const rowHeight = 148;

const places = ["a", "b", "c", "d"];

function Skeletons() {
  return (
    <div aria-hidden>
      {places.map((place) => (
        <Skeleton key={place} height={rowHeight} radius="lg" mb={8} />
      ))}
    </div>
  );
}
