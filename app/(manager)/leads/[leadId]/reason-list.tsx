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

/** All reasons of one side with the pull of each as a bar. */
export function ReasonBars({ reasons, none }: { reasons: readonly Reason[]; none: string }) {
  const t = useTranslations("premises");
  if (reasons.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <ul className={classes.bars}>
      {reasons.map((reason) => {
        const percent = Math.round(reason.strength * 100);
        return (
          <li
            key={`${reason.code} ${reason.text}`}
            className={classes.barRow}
            data-against={reason.against || undefined}
          >
            <span className={classes.words}>{reason.text}</span>
            <span className={classes.track} role="img" aria-label={t("strength", { percent: String(percent) })}>
              <span className={classes.bar} style={{ width: `${Math.max(4, percent)}%` }} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
