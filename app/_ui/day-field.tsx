import { TextInput, type TextInputProps } from "@mantine/core";
import { DayCalendar } from "./day-calendar.tsx";
import { type Day, useDayText } from "./use-day-text.ts";

type Looks = Pick<TextInputProps, "label" | "aria-label" | "description" | "placeholder" | "size" | "className">;

/** A day: typed as the reader writes days, stepped by the arrows up and down, or taken from a calendar. */
export function DayField({ value, min, max, onChange, ...looks }: Day & Looks) {
  const day = { value, min, max, onChange };
  const { input, message } = useDayText(day);
  return (
    <TextInput
      {...input}
      {...looks}
      placeholder={looks.placeholder ?? input.placeholder}
      error={message}
      rightSection={<DayCalendar {...day} />}
    />
  );
}
