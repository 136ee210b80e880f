import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import classes from "./pick-box.module.css";

/** The tick of one premises. A button and not a field: the board's keys go on working while it has the focus. */
export function PickBox(props: { name: string; picked: boolean; onPick: (event: MouseEvent) => void }) {
  const t = useTranslations("pick");
  return (
    // biome-ignore lint/a11y/useSemanticElements: in a field the single keys would be silent.
    <button
      type="button"
      role="checkbox"
      aria-checked={props.picked}
      aria-label={t("pick", { name: props.name })}
      className={classes.box}
      onClick={props.onPick}
    >
      <span className={classes.square} data-picked={props.picked || undefined}>
        {props.picked && <IconCheck size={13} stroke={3} aria-hidden />}
      </span>
    </button>
  );
}
