import { useTranslations } from "next-intl";
import { shiftDay } from "../../../_ui/read-day.ts";
import { useFigures } from "../../../_ui/use-figures.ts";

/** `Неделя 2–8 нояб. 2026` from its Monday. */
export function useWeekWords(): (weekOn: string) => string {
  const t = useTranslations("pilot");
  const figures = useFigures();
  return (weekOn) => {
    return t("week", { days: figures.dayRange(weekOn, shiftDay(weekOn, 6)) });
  };
}
