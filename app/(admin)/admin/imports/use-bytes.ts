import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";

/** How large a file is: `1 КБ`, `12 МБ`. */
export function useBytes(): (bytes: number) => string {
  const t = useTranslations("imports.size");
  const figures = useFigures();
  return (bytes) =>
    bytes < 1024 ** 2
      ? t("kb", { n: figures.whole(Math.ceil(bytes / 1024)) })
      : t("mb", { n: figures.whole(Math.round(bytes / 1024 ** 2)) });
}
