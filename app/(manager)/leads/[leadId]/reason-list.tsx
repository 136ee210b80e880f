import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { BoardItem } from "./board-answers.ts";
import classes from "./reason-list.module.css";

type Reason = BoardItem["reasons"][number];

/** The reasons that carried the verdict, in words; on a card the strongest few. */
export function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  const t = useTranslations("premises");
  return (
    <ul className={classes.reasons}>
      {reasons.map((reason) => {
        const Icon = reason.against ? IconMinus : IconPlus;
        return (
          <li
            key={`${reason.code} ${reason.text}`}
            className={classes.reason}
            data-against={reason.against || undefined}
          >
            <Icon
              size={13}
              stroke={2.6}
              className={classes.sign}
              role="img"
              aria-label={reason.against ? t("against") : t("for")}
            />
            <span>{reason.text}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** All reasons as a small picture: each with its words and its pull, for to the right, against to the left. */
export function ReasonBars({ reasons }: { reasons: readonly Reason[] }) {
  const t = useTranslations("premises");
  if (reasons.length === 0) return <p className={classes.none}>{t("reasonsNone")}</p>;
  return (
    <ul className={classes.bars}>
      {reasons.map((reason) => {
        const percent = Math.round(reason.strength * 100);
        const side = reason.against ? t("against") : t("for");
        return (
          <li
            key={`${reason.code} ${reason.text}`}
            className={classes.barRow}
            data-against={reason.against || undefined}
          >
            <span className={classes.words}>{reason.text}</span>
            <span
              className={classes.track}
              role="img"
              aria-label={`${side}: ${t("strength", { percent: String(percent) })}`}
            >
              <span className={classes.bar} style={{ width: `${Math.max(2, percent / 2)}%` }} />
            </span>
          </li>
        );
      })}
      <li aria-hidden className={classes.sides}>
        <span>← {t("against").toLowerCase()}</span>
        <span>{t("for").toLowerCase()} →</span>
      </li>
    </ul>
  );
}
