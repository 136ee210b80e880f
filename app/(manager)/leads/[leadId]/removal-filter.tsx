"use client";

import { useTranslations } from "next-intl";
import classes from "./removal-filter.module.css";
import type { RemovalGroup, SplitBoard } from "./split-board.ts";

/** Why premises were removed, as chips with counts; one pressed shows its group alone. */
export function RemovalFilter(props: {
  groups: SplitBoard["groups"];
  chosen: RemovalGroup | null;
  onChoose: (group: RemovalGroup | null) => void;
}) {
  const t = useTranslations("reason");
  const board = useTranslations("board");
  if (props.groups.length < 2) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be for form fields.
    <div className={classes.chips} role="group" aria-label={board("why")}>
      {props.groups.map(({ group, count }) => (
        <button
          key={group}
          type="button"
          className={classes.chip}
          aria-pressed={props.chosen === group}
          onClick={() => props.onChoose(props.chosen === group ? null : group)}
        >
          {t(group)}
          <span className={classes.count}>{count}</span>
        </button>
      ))}
    </div>
  );
}
