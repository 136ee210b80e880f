"use client";

import { SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./side-tabs.module.css";
import type { Side } from "./use-board-cursor.ts";

/** On a narrow screen one column at a time; elsewhere it is not there. */
export function SideTabs(props: { side: Side; counts: Record<Side, number>; onChange: (side: Side) => void }) {
  const t = useTranslations("board");
  return (
    <SegmentedControl
      className={classes.tabs}
      aria-label={t("columns")}
      fullWidth
      value={props.side}
      onChange={(side) => props.onChange(side as Side)}
      data={[
        { value: "keep", label: `${t("kept")} ${props.counts.keep}` },
        { value: "remove", label: `${t("removed")} ${props.counts.remove}` },
      ]}
    />
  );
}
