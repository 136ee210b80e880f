import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";
import type { BoardItem } from "./board-answers.ts";
import { useFloorWords } from "./premises-facts.tsx";

/** What is told of a premises, on a board or on its own page. */
export type ToldPremises = Pick<
  BoardItem,
  | "address"
  | "district"
  | "bank"
  | "section"
  | "areaSqm"
  | "rentRubMonth"
  | "floor"
  | "fitOut"
  | "water"
  | "sewerage"
  | "documents"
  | "managed"
  | "builtYear"
> & { freeSinceOn: string | null };

export interface FactRow {
  fact: string;
  name: string;
  /** null: not known. */
  value: string | null;
}

/** Every fact of a premises in words, in one order, so that two of them can stand side by side. */
export function useFactRows(): (item: ToldPremises) => FactRow[] {
  const t = useTranslations("premises");
  const wishes = useTranslations("wishes");
  const figures = useFigures();
  const floorWords = useFloorWords();
  const yesNo = (value: boolean | null) => (value === null ? null : value ? t("yes") : t("no"));
  return (item) => {
    const sqm = item.rentRubMonth !== null && item.areaSqm !== null ? item.rentRubMonth / item.areaSqm : null;
    const rows: [string, string, string | null][] = [
      ["address", t("address"), item.address],
      ["district", t("district"), item.district],
      ["bank", t("bank"), item.bank && wishes(`bankOf.${item.bank}`)],
      ["section", t("section"), item.section],
      ["area", t("area"), item.areaSqm === null ? null : figures.area(item.areaSqm)],
      ["rent", t("rent"), item.rentRubMonth === null ? null : figures.rub(item.rentRubMonth)],
      ["rentSqm", t("rentSqm"), sqm === null ? null : figures.rub(sqm)],
      ["floor", t("floorName"), floorWords(item.floor)],
      ["fitOut", t("fitOut"), item.fitOut && t(`fitOutOf.${item.fitOut}`)],
      ["water", t("water"), yesNo(item.water)],
      ["sewerage", t("sewerage"), item.sewerage && t(`sewerageOf.${item.sewerage}`)],
      ["documents", t("documents"), yesNo(item.documents)],
      ["managed", t("managed"), yesNo(item.managed)],
      ["built", t("built"), item.builtYear === null ? null : String(item.builtYear)],
      ["freeSince", t("freeSince"), item.freeSinceOn && figures.day(item.freeSinceOn)],
    ];
    return rows.map(([fact, name, value]) => ({ fact, name, value }));
  };
}
