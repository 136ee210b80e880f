"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { ChartFigure } from "../../../_charts/chart-figure.tsx";
import { LateTrendChart } from "../../../_charts/late-trend-chart.tsx";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";
import { FigureLine } from "../../figure-line.tsx";
import { type Counted, ShareValue, SMALL_N } from "../../share-value.tsx";
import classes from "./quality.module.css";

type Reports = RouterOutputs["reports"];

/** The documents' recall. */
const RECALL_MIN = 0.8;

/** Marks, reviews and outcomes: each counts something else, so each has a picture of its own and they are never added up. */
export function WitnessesCard(props: {
  marks: Reports["marksByWeek"];
  reviews: Reports["reviewsByWeek"];
  outcomes: Reports["outcomesByWeek"];
}) {
  const t = useTranslations("quality");
  const figures = useFigures();
  const { marks, reviews, outcomes } = props;
  return (
    <Card id="witnesses" title={t("witnesses")}>
      <p className={page.soft}>{t("witnessesWhat")}</p>
      <div className={classes.witnesses}>
        <Witness who="reviews" all={reviews.all} weeks={reviews.weeks} precision={reviews.all?.precision ?? null} />
        <Witness who="outcomes" all={outcomes.all} weeks={outcomes.weeks} precision={null}>
          {outcomes.replayed && (
            <FigureLine name={t("replayed")}>
              <ShareValue value={outcomes.replayed.recall} />
            </FigureLine>
          )}
          {outcomes.unjudged > 0 && <FigureLine name={t("unjudged")}>{figures.whole(outcomes.unjudged)}</FigureLine>}
        </Witness>
        <Witness who="marks" all={marks.all} weeks={marks.weeks} precision={marks.all?.precision ?? null}>
          {marks.all && (
            <FigureLine name={t("markCounts")}>
              {t("removedAndKept", { removed: marks.all.wronglyRemoved, kept: marks.all.wronglyKept })}
            </FigureLine>
          )}
        </Witness>
      </div>
    </Card>
  );
}

interface Told {
  recall: Counted;
  lossless: Counted;
}

function Witness(props: {
  who: "reviews" | "outcomes" | "marks";
  all: Told | null;
  weeks: readonly (Told & { week: string })[];
  precision: Counted | null;
  children?: React.ReactNode;
}) {
  const t = useTranslations("quality");
  const figures = useFigures();
  const { who, all, weeks, precision } = props;
  return (
    <section className={classes.witness} aria-labelledby={`witness-${who}`}>
      <h3 id={`witness-${who}`} className={classes.who}>
        {t(`who.${who}`)}
      </h3>
      {all === null ? (
        <p className={page.soft}>{t(`silent.${who}`)}</p>
      ) : (
        <ChartFigure
          sentence={t(`sentence.${who}`, {
            share: figures.share(all.recall.share ?? 0),
            lost: all.lossless.of - all.lossless.hits,
            of: all.lossless.of,
          })}
          counted={t(`counted.${who}`)}
          table={{
            head: [t("week"), t("recall"), t("interval"), t("ofPremises"), t("losslessOf")],
            rows: weeks.map(({ week, recall, lossless }) => ({
              key: week,
              cells: [
                figures.day(week),
                recall.share === null ? "—" : figures.share(recall.share),
                recall.low === null || recall.high === null ? "—" : figures.shareRange(recall.low, recall.high),
                figures.whole(recall.of),
                t("outOf", { hits: lossless.hits, of: lossless.of }),
              ],
            })),
          }}
        >
          <LateTrendChart
            points={weeks.map(({ week, recall: { share, low, high, of } }) => ({
              ...{ key: week, label: figures.day(week), value: share, low, high },
              isFaint: of < SMALL_N,
            }))}
            target={{ from: RECALL_MIN, label: t("recallTarget") }}
            word={figures.share}
            top={1}
          />
        </ChartFigure>
      )}
      <dl className={classes.lines}>
        {all && (
          <>
            <FigureLine name={t("recall")}>
              <ShareValue value={all.recall} />
            </FigureLine>
            <FigureLine name={t("lossless")}>
              <ShareValue value={all.lossless} />
            </FigureLine>
          </>
        )}
        {precision && (
          <FigureLine name={t("precision")}>
            <ShareValue value={precision} />
          </FigureLine>
        )}
        {props.children}
      </dl>
    </section>
  );
}
