"use client";

import { IconCalendar, IconMap2 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { readAsOf } from "./board-address.ts";
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
      <label className={classes.tool} title={t("asOfHint")}>
        <IconCalendar size={16} stroke={1.8} aria-hidden />
        <span className={classes.name}>{t("asOf")}</span>
        <input
          // A date half typed is nobody's day; the field keeps it until it is whole.
          key={props.asOf}
          type="date"
          className={classes.field}
          defaultValue={props.asOf}
          min={firstDay}
          max={props.today}
          onChange={(event) => {
            const day = readAsOf(event.target.value);
            if (day === undefined || day < firstDay || day > props.today) return;
            props.onAsOf(day === props.today ? null : day);
          }}
        />
      </label>
      <button type="button" className={classes.toggle} aria-pressed={props.map} onClick={props.onMap}>
        <IconMap2 size={16} stroke={1.8} aria-hidden />
        {t("map")}
      </button>
    </div>
  );
}
