import { IconCalendar } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import classes from "./day-calendar.module.css";
import type { Day } from "./use-day-text.ts";

/** Opens the browser's own calendar for a day that may be typed, too. */
export function DayCalendar({ value, min, max, onChange }: Day) {
  const t = useTranslations("day");
  const native = useRef<HTMLInputElement>(null);
  return (
    <span className={classes.calendar}>
      <button
        type="button"
        className={classes.button}
        aria-label={t("calendar")}
        title={t("calendar")}
        onClick={() => native.current?.showPicker()}
      >
        <IconCalendar size={16} stroke={1.8} aria-hidden />
      </button>
      <input
        ref={native}
        type="date"
        className={classes.native}
        tabIndex={-1}
        aria-hidden
        value={value ?? ""}
        min={min}
        max={max}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </span>
  );
}
