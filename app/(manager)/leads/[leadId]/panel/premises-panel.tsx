"use client";

import { ActionIcon, Button, Kbd, Skeleton } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Problem } from "../../../../_ui/problem.tsx";
import { StateTag } from "../../../../_ui/state-tag.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import { useTRPC } from "../../../../trpc/client.tsx";
import type { BoardItem, MatchBoard } from "../board-answers.ts";
import { type MarkDeeds, MarkMenu, type StandingMark } from "../mark-menu.tsx";
import { useFactRows } from "../premises-fact-rows.ts";
import { ReasonBars } from "../reason-list.tsx";
import { ModelOpinion } from "./model-opinion.tsx";
import { PanelPart } from "./panel-part.tsx";
import { PremisesAround } from "./premises-around.tsx";
import classes from "./premises-panel.module.css";
import { PremisesPrice } from "./premises-price.tsx";
import { PriceBlock } from "./price-block.tsx";

/** Everything known of one premises, everything that spoke for and against it, and what else would have to be so. */
export function PremisesPanel(props: {
  item: BoardItem;
  mark: StandingMark | null;
  deeds: MarkDeeds | null;
  board: MatchBoard;
  /** The eye rests here: what is asked of the server for this premises alone may be asked. */
  settled: boolean;
  onStep: (step: 1 | -1) => void;
  onClose: () => void;
}) {
  const { item, board } = props;
  const t = useTranslations("premises");
  const opinion = useTranslations("opinion");
  const price = useTranslations("price");
  const figures = useFigures();
  const trpc = useTRPC();
  const kept = item.decision === "keep";
  const { premisesId } = item;
  const once = { staleTime: Number.POSITIVE_INFINITY, enabled: props.settled };
  const weighed = useQuery(
    trpc.matching.weigh.queryOptions(
      { leadId: board.lead.leadId, runId: board.runId, premisesId },
      { ...once, enabled: props.settled && board.model !== null },
    ),
  );
  const described = useQuery(trpc.premises.describe.queryOptions({ premisesId, asOf: board.asOf }, once));
  const byModel =
    board.model && opinion("source", { id: String(board.model.modelId), day: figures.day(board.model.asOf) });

  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <StateTag tone={kept ? "good" : "bad"}>
          {kept ? t("verdictKept") : t("verdictRemoved")}
          {item.rank !== null && <> · {t("rank", { rank: String(item.rank) })}</>}
        </StateTag>
        <span className={classes.tools}>
          <ActionIcon variant="subtle" color="gray" aria-label={t("previous")} onClick={() => props.onStep(-1)}>
            <IconChevronUp size={18} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={t("next")} onClick={() => props.onStep(1)}>
            <IconChevronDown size={18} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={t("close")} onClick={props.onClose}>
            <IconX size={18} />
          </ActionIcon>
        </span>
      </div>
      <div className={classes.names}>
        <h2 className={classes.title}>{item.address ?? item.name}</h2>
        <p className={classes.sub}>
          {[
            item.address === null ? null : item.name,
            item.name.includes(item.premisesId) ? null : t("number", { id: item.premisesId }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>

      {props.deeds !== null && (
        <div className={classes.mark} data-marked={props.mark !== null || undefined}>
          <MarkMenu item={item} mark={props.mark} deeds={props.deeds} />
          {props.mark === null && (
            <Kbd size="xs" aria-hidden visibleFrom="md">
              X
            </Kbd>
          )}
        </div>
      )}

      <PanelPart
        title={opinion(kept ? "whyKept" : "whyRemoved")}
        source={board.model === null ? opinion("byRules") : undefined}
      >
        <ReasonBars reasons={item.reasons} />
      </PanelPart>
      {!kept && board.model !== null && (
        <PanelPart title={opinion("change")} source={byModel}>
          <Remedy known={item.remedy?.text ?? null} weighed={weighed} />
        </PanelPart>
      )}
      {board.model !== null && (
        <PanelPart title={opinion("title")} source={byModel}>
          <ModelOpinion item={item} model={board.model} />
        </PanelPart>
      )}
      <PanelPart title={price("title")} source={byModel ?? undefined}>
        <PriceBlock item={item} />
        {board.model === null && <p className={classes.note}>{price("curveNoModel")}</p>}
        {board.model !== null && weighed.isPending && <Skeleton height={228} radius="md" />}
        {weighed.isError && <Again words={price("curveFailed")} query={weighed} />}
        {weighed.data && <PremisesPrice price={weighed.data.price} />}
      </PanelPart>
      <PanelPart title={t("facts")} source={opinion("facts")}>
        <Facts item={item} />
      </PanelPart>
      {described.isPending && <Skeleton height={320} radius="md" />}
      {described.isError && (
        <Problem error={described.error} onRetry={() => void described.refetch()} retrying={described.isFetching} />
      )}
      {described.isSuccess && <PremisesAround described={described.data} asOf={board.asOf} />}
    </div>
  );
}

interface Asked {
  isPending: boolean;
  isError: boolean;
  isFetching: boolean;
  refetch: () => unknown;
}

/** The board tells the nearest to the threshold at once; of the others it is asked. */
function Remedy(props: {
  known: string | null;
  weighed: Asked & { data?: { remedy: string | null } | null | undefined };
}) {
  const t = useTranslations("opinion");
  const words = props.known ?? props.weighed.data?.remedy ?? null;
  if (words !== null) return <p className={classes.remedy}>{words}</p>;
  if (props.weighed.isPending) return <Skeleton height={34} radius="md" />;
  if (props.weighed.isError) return <Again words={t("changeFailed")} query={props.weighed} />;
  return <p className={classes.note}>{t("changeNone")}</p>;
}

function Again({ words, query }: { words: string; query: Asked }) {
  const t = useTranslations("problem");
  return (
    <p className={classes.note} role="alert">
      {words}{" "}
      <Button size="compact-xs" variant="light" loading={query.isFetching} onClick={() => void query.refetch()}>
        {t("retry")}
      </Button>
    </p>
  );
}

function Facts({ item }: { item: BoardItem }) {
  const t = useTranslations("premises");
  const rows = useFactRows()(item);
  return (
    <dl className={classes.facts}>
      {rows.map(({ fact, name, value }) => (
        <div key={fact} className={classes.fact}>
          <dt>{name}</dt>
          <dd data-unknown={value === null || undefined}>{value ?? t("unknown")}</dd>
        </div>
      ))}
    </dl>
  );
}
