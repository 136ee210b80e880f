"use client";

import { useTranslations } from "next-intl";
import classes from "./side-tabs.module.css";
import type { Side } from "./use-board-cursor.ts";

/** On a narrow screen one column at a time; elsewhere it is not there. */
export function SideTabs(props: { side: Side; counts: Record<Side, number>; onChange: (side: Side) => void }) {
  const t = useTranslations("board");
  const sides = [
    { side: "keep", word: t("kept") },
    { side: "remove", word: t("removed") },
  ] as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be for form fields.
    <div className={classes.tabs} role="group" aria-label={t("columns")}>
      {sides.map(({ side, word }) => (
        <button
          key={side}
          type="button"
          className={classes.tab}
          data-side={side}
          aria-pressed={props.side === side}
          onClick={() => props.onChange(side)}
        >
          {word} <span className={classes.count}>{props.counts[side]}</span>
        </button>
      ))}
    </div>
  );
}
