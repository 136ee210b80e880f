import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";

const MS_A_DAY = 86_400_000;

/** `неделя 02.11.2026 – 08.11.2026` from its Monday. */
export function useWeekWords(): (weekOn: string) => string {
  const t = useTranslations("pilot");
  const figures = useFigures();
  return (weekOn) => {
    const sunday = new Date(Date.parse(`${weekOn}T00:00:00Z`) + 6 * MS_A_DAY).toISOString().slice(0, 10);
    return t("week", { from: figures.day(weekOn), to: figures.day(sunday) });
  };
}
