import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";

export type Seen = Record<string, string | number | null>;

const wrongs = ["noLead", "unknownLead", "noPremises", "unknownPremises"] as const;

/** What a check has seen, in words: the unit is the end of the name. */
export function useSeenWords(): (seen: Seen) => { key: string; name: string; value: string }[] {
  const t = useTranslations("data");
  const figures = useFigures();
  const value = (name: string, raw: string | number): string => {
    if (name === "wrong") return t(`wrong.${raw as (typeof wrongs)[number]}`);
    if (name.endsWith("On")) return figures.day(String(raw));
    if (typeof raw !== "number") return raw;
    if (name.endsWith("RubSqm")) return t("perSqm", { value: figures.rub(raw) });
    if (name.endsWith("Sqm")) return figures.area(raw);
    if (name.endsWith("RubMonth")) return figures.rub(raw);
    return figures.whole(raw);
  };
  return (seen) =>
    Object.entries(seen).flatMap(([key, raw]) =>
      raw === null ? [] : [{ key, name: t(`seen.${key as "createdOn"}`), value: value(key, raw) }],
    );
}
