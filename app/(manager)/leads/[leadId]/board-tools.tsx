"use client";

import { IconMap2 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { DayCalendar } from "../../../_ui/day-calendar.tsx";
import { useDayText } from "../../../_ui/use-day-text.ts";
import classes from "./board-tools.module.css";
import { type BoardOrder, boardOrders } from "./split-board.ts";

/** No market's records begin earlier. */
const firstDay = "1990-01-01";

/** How the board is looked at: in which order, as of which day, and on the map or not. */
export function BoardTools(props: {
  byRules: boolean;
  order: BoardOrder;
  onOrder: (order: BoardOrder) => void;
  /** Today as the server counts days, YYYY-MM-DD. */
  today: string;
  asOf: string;
  onAsOf: (day: string | null) => void;
  map: boolean;
  onMap: () => void;
}) {
  const t = useTranslations("board");
  return (
    <div className={classes.tools}>
      <label className={classes.tool}>
        <span className={classes.name}>{t("order")}</span>
        <select
          className={classes.field}
          value={props.order}
          onChange={(event) => props.onOrder(boardOrders.find((order) => order === event.target.value) ?? "model")}
        >
          {boardOrders.map((order) => (
            <option key={order} value={order}>
              {t(`orderOf.${order === "model" && props.byRules ? "byRules" : order}`)}
            </option>
          ))}
        </select>
      </label>
      <AsOf {...props} />
      <button type="button" className={classes.toggle} aria-pressed={props.map} onClick={props.onMap}>
        <IconMap2 size={16} stroke={1.8} aria-hidden />
        <span className={classes.mapName}>{t("map")}</span>
      </button>
    </div>
  );
}

function AsOf({ today, asOf, onAsOf }: { today: string; asOf: string; onAsOf: (day: string | null) => void }) {
  const t = useTranslations("board");
  const day = {
    value: asOf,
    min: firstDay,
    max: today,
    // An emptied field is of no day, and so of today.
    onChange: (chosen: string | null) => onAsOf(chosen === today ? null : chosen),
  };
  const { input, message, messageId } = useDayText(day);
  return (
    <span className={classes.tool} title={t("asOfHint")}>
      <label className={classes.tool}>
        <span className={classes.name}>{t("asOf")}</span>
        <input
          {...input}
          className={`${classes.field} ${classes.day}`}
          aria-invalid={message !== null || undefined}
          aria-describedby={message === null ? undefined : messageId}
        />
      </label>
      <DayCalendar {...day} />
      {message !== null && (
        <span id={messageId} className={classes.fault}>
          {message}
        </span>
      )}
    </span>
  );
}
