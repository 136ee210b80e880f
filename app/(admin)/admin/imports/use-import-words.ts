import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";

/** Tables, columns and values of an import as people say them; what this build does not know is told by its code. */
export function useImportWords() {
  const t = useTranslations("imports");
  const figures = useFigures();
  const word = (group: "table" | "column" | "value", code: string): string => {
    const key = `${group}.${code}`;
    return t.has(key as never) ? t(key as never) : code;
  };
  return {
    table: (name: string) => word("table", name),
    column: (name: string) => word("column", name),
    /** A stored value as its column is read. */
    value: (column: string, value: string): string => {
      const number = Number(value);
      if (/_on$/.test(column) && /^\d{4}-\d{2}-\d{2}$/.test(value)) return figures.day(value);
      if (/^area_/.test(column) && Number.isFinite(number)) return figures.area(number);
      if (/_rub(_month)?$/.test(column) && Number.isFinite(number)) return figures.rub(number);
      return enumerated.has(column) ? word("value", value) : value;
    },
  };
}

const enumerated = new Set([
  "bank",
  "fit_out",
  "sewerage",
  "status",
  "network_size",
  "stage",
  "managed",
  "water",
  "documents",
]);
