import { useLocale, useTranslations } from "next-intl";

/** How large something is, as people say it: `640 МБ`, `1,3 ГБ`. Powers of two, as the system counts its disks. */
export function useBytes(): (bytes: number) => string {
  const t = useTranslations("admin.jobs.bytes");
  const format = new Intl.NumberFormat(useLocale() === "ru" ? "ru-RU" : "en-GB", { maximumFractionDigits: 1 });
  return (bytes) => {
    const words =
      bytes >= 2 ** 30
        ? t("gb", { n: format.format(bytes / 2 ** 30) })
        : t("mb", { n: format.format(bytes / 2 ** 20) });
    return words.replaceAll(" ", "\u00a0");
  };
}
