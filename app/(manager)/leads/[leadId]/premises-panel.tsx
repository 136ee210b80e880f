"use client";

import { ActionIcon, Kbd } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFigures } from "../../../_ui/use-figures.ts";
import type { BoardItem, MatchBoard } from "./board-answers.ts";
import { LikelihoodBadge } from "./likelihood-badge.tsx";
import { type MarkDeeds, MarkMenu, type StandingMark } from "./mark-menu.tsx";
import { useFactRows } from "./premises-fact-rows.ts";
import classes from "./premises-panel.module.css";
import { PriceBlock } from "./price-block.tsx";
import { ReasonBars } from "./reason-list.tsx";

/** Everything known of one premises and everything that spoke for and against it. */
export function PremisesPanel(props: {
  item: BoardItem;
  mark: StandingMark | null;
  deeds: MarkDeeds | null;
  board: MatchBoard;
  onStep: (step: 1 | -1) => void;
  onClose: () => void;
}) {
  const { item, board } = props;
  const t = useTranslations("premises");
  const likelihood = useTranslations("likelihood");
  const price = useTranslations("price");
  const kept = item.decision === "keep";
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <span className={classes.verdict} data-kept={kept || undefined}>
          {kept ? t("verdictKept") : t("verdictRemoved")}
          {item.rank !== null && <> · {t("rank", { rank: String(item.rank) })}</>}
        </span>
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

      {board.model !== null && (
        <Part title={likelihood("title")}>
          <LikelihoodBadge probability={item.probability} />
          <Suitability value={item.suitability} threshold={board.model.threshold} />
        </Part>
      )}
      {item.remedy !== null && <p className={classes.remedy}>{item.remedy.text}</p>}
      <Part title={t("for")}>
        <ReasonBars reasons={item.reasons.filter((reason) => !reason.against)} none={t("forNone")} />
      </Part>
      <Part title={t("against")}>
        <ReasonBars reasons={item.reasons.filter((reason) => reason.against)} none={t("againstNone")} />
      </Part>
      <Part title={price("title")}>
        <PriceBlock item={item} />
      </Part>
      <Part title={t("facts")}>
        <Facts item={item} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3 className={classes.partTitle}>{title}</h3>
      {children}
    </section>
  );
}

/** How far from the threshold: what decides keep or remove, which is not the chance of a deal. */
function Suitability({ value, threshold }: { value: number; threshold: number }) {
  const t = useTranslations("premises");
  const figures = useFigures();
  const words = t("suitabilityOf", { value: figures.hundredth(value), threshold: figures.hundredth(threshold) });
  return (
    <div className={classes.suitability}>
      <span className={classes.suitabilityWords}>
        <span>{t("suitability")}</span>
        <span>{words}</span>
      </span>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fill}
          data-kept={value >= threshold || undefined}
          style={{ width: `${(value * 100).toFixed(1)}%` }}
        />
        <span className={classes.threshold} style={{ left: `${(threshold * 100).toFixed(1)}%` }} />
      </span>
    </div>
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
