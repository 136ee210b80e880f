"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";
import { type Counted, ShareValue } from "../../share-value.tsx";
import classes from "./quality.module.css";

/** Where the documents began. */
const BASELINE = 0.5;

/** The three proxies of the design documents; the less, the better. */
export function ProxiesCard(props: {
  negative: RouterOutputs["reports"]["dealsMarkedNegative"];
  lost: Counted | null;
}) {
  const t = useTranslations("quality");
  const figures = useFigures();
  const { created, successful, createdWithoutRun, successfulWithoutRun, replayed, max } = props.negative;
  const nothing: Counted = { hits: 0, of: 0, share: null, low: null, high: null };
  return (
    <Card id="proxies" title={t("proxies")}>
      <p className={page.soft}>{t("proxiesWhat", { max: figures.share(max), baseline: figures.share(BASELINE) })}</p>
      <ol className={classes.proxies}>
        <ProxyFigure name={t("proxyCreated")} value={created} max={max}>
          {t("withoutRun", { n: createdWithoutRun })}
          {replayed.created.of > 0 && <> {t("ofReplayed", counts(replayed.created))}</>}
        </ProxyFigure>
        <ProxyFigure name={t("proxySuccessful")} value={successful} max={max}>
          {t("withoutRun", { n: successfulWithoutRun })}
          {replayed.successful.of > 0 && <> {t("ofReplayed", counts(replayed.successful))}</>}
        </ProxyFigure>
        <ProxyFigure name={t("proxyLost")} value={props.lost ?? nothing} max={max}>
          {t("proxyLostMore")}
        </ProxyFigure>
      </ol>
    </Card>
  );
}

function counts({ hits, of }: Counted) {
  return { hits, of };
}

function ProxyFigure(props: { name: string; value: Counted; max: number; children: React.ReactNode }) {
  const t = useTranslations("quality");
  const { share, low, high } = props.value;
  const percent = (value: number) => `${value * 100}%`;
  const standing =
    low === null || high === null ? "unknown" : high <= props.max ? "good" : low > props.max ? "bad" : "open";
  return (
    <li data-standing={standing}>
      <div className={classes.proxyHead}>
        <span>{props.name}</span>
        <ShareValue value={props.value} />
      </div>
      <div className={classes.track} aria-hidden>
        {low !== null && high !== null && (
          <span className={classes.span} style={{ left: percent(low), width: percent(high - low) }} />
        )}
        {share !== null && <span className={classes.point} style={{ left: percent(share) }} />}
        <span className={classes.target} style={{ left: percent(props.max) }} />
        <span className={classes.baseline} style={{ left: percent(BASELINE) }} />
      </div>
      <p className={page.soft}>
        <strong className={classes.standing}>{t(`standing.${standing}`)}</strong> {props.children}
      </p>
    </li>
  );
}
