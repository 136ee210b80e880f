"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { FigureLine } from "../../figure-line.tsx";
import { type Counted, ShareValue, SMALL_N } from "../../share-value.tsx";
import { useScopedHref } from "../../use-scoped-href.ts";
import { type Standing, Tile, TileLines } from "./tile.tsx";

type Overview = RouterOutputs["reports"]["overview"];

/** The documents: recall 0.8, and conversion from 4 % on. */
const RECALL_MIN = 0.8;
const CONVERSION_MIN = 0.04;

export function Tiles(props: Overview) {
  return (
    <>
      <RecallTile {...props} />
      <LossTile {...props} />
      <NegativeTile {...props} />
      <RemovedTile {...props} />
      <ConversionTile {...props} />
      <FeedTile {...props} />
      <ModelTile {...props} />
    </>
  );
}

/** The surest witness that has spoken: a blind draw, then deals, then marks. */
function witnessOf({ reviews, outcomes, marks }: Overview) {
  if (reviews) return { who: "reviews", ...reviews } as const;
  if (outcomes) return { who: "outcomes", ...outcomes } as const;
  return marks ? ({ who: "marks", ...marks } as const) : null;
}

/** Above or below what is asked for only where the whole interval is. */
function standingOf(value: Counted, atLeast: number): Standing {
  if (value.low === null || value.high === null) return null;
  if (value.low >= atLeast) return "good";
  return value.high < atLeast ? "bad" : "open";
}

function RecallTile(props: Overview) {
  const t = useTranslations("overview");
  const href = useScopedHref();
  const witness = witnessOf(props);
  const standing = witness ? standingOf(witness.recall, RECALL_MIN) : null;
  return (
    <Tile
      title={t("recall")}
      href={href("/admin/quality")}
      standing={standing}
      answer={witness && standing ? t(`recallIs.${standing}`, { who: t(`by.${witness.who}`) }) : t("recallIs.unknown")}
    >
      <Witnesses {...props} of="recall" />
    </Tile>
  );
}

function LossTile(props: Overview) {
  const t = useTranslations("overview");
  const href = useScopedHref();
  const witness = witnessOf(props);
  const lost = witness ? witness.lossless.of - witness.lossless.hits : 0;
  return (
    <Tile
      title={t("losses")}
      href={href("/admin/quality#mistakes")}
      standing={witness ? standingOf(witness.lossless, RECALL_MIN) : null}
      answer={
        witness ? t("lossesAre", { lost, of: witness.lossless.of, who: t(`by.${witness.who}`) }) : t("lossesUnknown")
      }
    >
      <Witnesses {...props} of="lossless" />
    </Tile>
  );
}

function Witnesses({ of, ...props }: Overview & { of: "recall" | "lossless" }) {
  const t = useTranslations("overview");
  return (
    <TileLines>
      {(["reviews", "outcomes", "marks"] as const).map((who) => (
        <FigureLine key={who} name={t(`witness.${who}`)}>
          {props[who] ? (
            <ShareValue value={of === "recall" ? props[who].recall : rest(props[who].lossless)} />
          ) : (
            t("silent")
          )}
        </FigureLine>
      ))}
    </TileLines>
  );
}

/** The other part of what was counted. */
function rest({ hits, of, share, low, high }: Counted): Counted {
  const not = (part: number | null) => (part === null ? null : 1 - part);
  return { hits: of - hits, of, share: not(share), low: not(high), high: not(low) };
}

function NegativeTile({ negative }: Overview) {
  const t = useTranslations("overview");
  const figures = useFigures();
  const href = useScopedHref();
  const { created, successful, createdWithoutRun, max } = negative;
  const known = successful.of > 0 ? successful : created;
  const standing =
    known.low === null || known.high === null ? null : known.high <= max ? "good" : known.low > max ? "bad" : "open";
  return (
    <Tile
      title={t("negative")}
      href={href("/admin/quality#proxies")}
      standing={standing}
      answer={standing ? t(`negativeIs.${standing}`, { max: figures.share(max) }) : t("negativeIs.unknown")}
    >
      <TileLines>
        <FigureLine name={t("created")}>
          <ShareValue value={created} />
        </FigureLine>
        <FigureLine name={t("successful")}>
          <ShareValue value={successful} />
        </FigureLine>
        <FigureLine name={t("withoutRun")}>{figures.whole(createdWithoutRun)}</FigureLine>
      </TileLines>
    </Tile>
  );
}

function RemovedTile({ removed }: Overview) {
  const t = useTranslations("overview");
  const figures = useFigures();
  const href = useScopedHref();
  return (
    <Tile
      title={t("removed")}
      href={href("/admin/quality#removed")}
      answer={removed ? t("removedIs", { share: figures.share(removed.median) }) : t("removedUnknown")}
    >
      {removed && (
        <TileLines>
          <FigureLine name={t("removedHalf")}>{figures.shareRange(removed.low, removed.high)}</FigureLine>
          <FigureLine name={t("leads")}>{figures.whole(removed.leads)}</FigureLine>
        </TileLines>
      )}
    </Tile>
  );
}

function ConversionTile({ conversion }: Overview) {
  const t = useTranslations("overview");
  const figures = useFigures();
  const href = useScopedHref();
  const { ripe, last, before } = conversion;
  const movedTo = movement(last?.converted, before?.converted);
  return (
    <Tile
      title={t("conversion")}
      href={href("/admin/conversion")}
      standing={ripe ? standingOf(ripe, CONVERSION_MIN) : null}
      answer={ripe ? t(`conversionIs.${movedTo}`, { share: figures.share(ripe.share ?? 0) }) : t("conversionUnknown")}
    >
      <TileLines>
        {[last, before].map(
          (month) =>
            month && (
              <FigureLine key={month.month} name={figures.month(month.month)}>
                <ShareValue value={month.converted} />
              </FigureLine>
            ),
        )}
      </TileLines>
    </Tile>
  );
}

/** It has moved where the intervals of two months lie apart; months of few leads say nothing. */
function movement(last: Counted | undefined, before: Counted | undefined): "up" | "down" | "same" | "unknown" {
  if (!last || !before || last.of < SMALL_N || before.of < SMALL_N) return "unknown";
  if (last.low! > before.high!) return "up";
  return last.high! < before.low! ? "down" : "same";
}

function FeedTile({ feed }: Overview) {
  const t = useTranslations("overview");
  const figures = useFigures();
  const { last, newestLeadOn } = feed;
  return (
    <Tile
      title={t("feed")}
      href="/admin/imports"
      standing={last ? (last.status === "failed" || last.daysSince > 7 ? "bad" : "good") : null}
      answer={last ? t(`feedIs.${last.status}`, { days: last.daysSince }) : t("feedUnknown")}
    >
      <TileLines>
        {last && <FigureLine name={t("lastImport")}>{figures.moment(last.at)}</FigureLine>}
        {last && (
          <FigureLine name={t("refused")}>
            <ShareValue value={last.refused} />
          </FigureLine>
        )}
        <FigureLine name={t("newestLead")}>{newestLeadOn ? figures.day(newestLeadOn) : t("none")}</FigureLine>
      </TileLines>
    </Tile>
  );
}

function ModelTile({ model }: Overview) {
  const t = useTranslations("overview");
  const figures = useFigures();
  const { active, lastTraining, candidate } = model;
  return (
    <Tile
      title={t("model")}
      href="/admin/models"
      standing={active ? (active.isOld ? "bad" : "good") : "bad"}
      answer={active ? t("modelIs", { id: active.modelId, days: active.ageDays }) : t("modelNone")}
    >
      <TileLines>
        {lastTraining && (
          <FigureLine name={t("lastTraining")}>
            {t(`trainingIs.${lastTraining.status}`)} · {figures.moment(lastTraining.at)}
          </FigureLine>
        )}
        {candidate && <FigureLine name={t("candidate")}>{t("candidateIs", { id: candidate.modelId })}</FigureLine>}
        <FigureLine name={t("nextTraining")}>{figures.moment(model.nextMonthly)}</FigureLine>
      </TileLines>
    </Tile>
  );
}
