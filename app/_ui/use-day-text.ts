import { useLocale, useTranslations } from "next-intl";
import { type ChangeEvent, type KeyboardEvent, useId, useState } from "react";
import { readDay, separateDay, shiftDay, writeDay } from "./read-day.ts";

/** Days are `YYYY-MM-DD`, as in addresses; `min` and `max` are within. */
export interface Day {
  value: string | null;
  min?: string | undefined;
  max?: string | undefined;
  /** Called with each whole day that is within the bounds, and with null where the field is left empty. */
  onChange: (day: string | null) => void;
}

/** What a text field needs to show and take a day in the reader's language, whatever the browser's is. */
export function useDayText({ value, min, max, onChange }: Day) {
  const t = useTranslations("day");
  const locale = useLocale();
  const messageId = useId();
  const [draft, setDraft] = useState<{ text: string; over: string | null } | null>(null);
  const [isLeft, setLeft] = useState(false);
  // A draft over another day than is chosen now is of the past: the day was set elsewhere.
  const kept = draft && (draft.over === value || readDay(draft.text) === value) ? draft.text : null;
  const text = kept ?? (value === null ? "" : writeDay(value, locale));

  const isWithin = (day: string) => (min === undefined || day >= min) && (max === undefined || day <= max);
  const faultOf = (said: string): string | null => {
    if (said.trim() === "") return null;
    const day = readDay(said);
    if (day === null) return t("wrong", { example: writeDay("2026-11-24", locale) });
    if (min !== undefined && day < min) return t("tooEarly", { day: writeDay(min, locale) });
    if (max !== undefined && day > max) return t("tooLate", { day: writeDay(max, locale) });
    return null;
  };
  const take = (said: string) => {
    const day = readDay(said);
    if (said.trim() === "" ? value !== null : day !== null && day !== value && isWithin(day)) onChange(day);
  };
  const onType = (event: ChangeEvent<HTMLInputElement>) => {
    const { value: typed, selectionStart } = event.target;
    const isAppended = typed.length === text.length + 1 && selectionStart === typed.length;
    const said = isAppended ? separateDay(typed, locale) : typed;
    setDraft({ text: said, over: value });
    setLeft(false);
    // A year of two figures may be half of one of four, and an empty field soon another day: they count once it is left.
    if (/\d{4}/.test(said)) take(said);
  };
  const leave = () => {
    if (kept === null) return;
    take(kept);
    setLeft(true);
    if (faultOf(kept) === null) setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") leave();
    if (event.key === "Escape" && kept !== null) {
      setDraft(null);
      event.stopPropagation();
    }
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const day = readDay(text);
    if (step === undefined || day === null) return;
    event.preventDefault();
    const next = shiftDay(day, step);
    if (!isWithin(next)) return;
    setDraft(null);
    onChange(next);
  };

  const message = isLeft && kept !== null ? faultOf(kept) : null;
  return {
    message,
    messageId,
    input: {
      value: text,
      placeholder: t("pattern"),
      inputMode: "numeric",
      autoComplete: "off",
      onChange: onType,
      onBlur: leave,
      onKeyDown,
    },
  } as const;
}
