"use client";

import { Button, Kbd } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./removal-filter.module.css";
import type { RemovalGroup, SplitBoard } from "./split-board.ts";

/** Why premises were removed, as chips with counts; one pressed shows its group alone, and offers to mark it whole. */
export function RemovalFilter(props: {
  groups: SplitBoard["groups"];
  chosen: RemovalGroup | null;
  onChoose: (group: RemovalGroup | null) => void;
  /** null: marks cannot be made here. */
  onMarkGroup: (() => void) | null;
}) {
  const t = useTranslations("reason");
  const board = useTranslations("board");
  const together = useTranslations("together");
  if (props.groups.length === 0) return null;
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
      {props.chosen !== null && props.onMarkGroup && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={props.onMarkGroup}
          rightSection={
            <Kbd size="xs" aria-hidden visibleFrom="md">
              R
            </Kbd>
          }
        >
          {together("group")}
        </Button>
      )}
    </div>
  );
}
