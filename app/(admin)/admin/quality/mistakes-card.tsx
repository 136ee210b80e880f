"use client";

import { Badge } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";
import classes from "./quality.module.css";

/** Where the threshold stands on the line, percent: how far below it something lies is what is to be seen. */
const THRESHOLD_AT = 80;

/** Removed premises that suited, the farthest below the threshold first, each with the way to its board of that day. */
export function MistakesCard({ mistakes }: { mistakes: RouterOutputs["reports"]["worstMistakes"] }) {
  const t = useTranslations("quality");
  const figures = useFigures();
  return (
    <Card id="mistakes" title={t("mistakes")}>
      <p className={page.soft}>{mistakes.length === 0 ? t("noMistakes") : t("mistakesWhat")}</p>
      <ol className={classes.mistakes}>
        {mistakes.map((one) => (
          <li key={`${one.leadId} ${one.premisesId}`} className={classes.mistake}>
            <div className={classes.mistakeHead}>
              <Link href={`/leads/${encodeURIComponent(one.leadId)}?asOf=${one.asOf}&side=remove`}>
                {one.brand ?? t("lead", { id: one.leadId })}
              </Link>
              <Badge
                variant="light"
                className={classes.badge}
                color={one.source === "mark" || one.source === "review" ? "blue" : "orange"}
              >
                {t(`source.${one.source}`)}
              </Badge>
            </div>
            <p className={classes.what}>
              <Link href={`/premises/${encodeURIComponent(one.premisesId)}`}>{one.premisesName}</Link>
              {[one.district, one.areaSqm === null ? null : figures.area(one.areaSqm)]
                .filter((word) => word !== null)
                .map((word) => ` · ${word}`)}
            </p>
            <p className={page.soft}>{[one.trades.join(", "), one.managerName].filter(Boolean).join(" · ")}</p>
            <div className={classes.track} aria-hidden>
              <span
                className={classes.point}
                style={{ left: `${(one.suitability / one.threshold) * THRESHOLD_AT}%` }}
              />
              <span className={classes.target} style={{ left: `${THRESHOLD_AT}%` }} />
            </div>
            <p className={page.soft}>
              {t("suitability", {
                suitability: figures.share(one.suitability),
                threshold: figures.share(one.threshold),
                id: one.modelId,
              })}{" "}
              {t(one.wasSeen ? "boardOf" : "replayOf", { day: figures.day(one.asOf) })}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
