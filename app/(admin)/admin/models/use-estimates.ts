import { useLocale, useTranslations } from "next-intl";

interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** A figure as it is read: shares in percent, the area under a curve in thousandths. */
export function useEstimates() {
  const t = useTranslations("models");
  const locale = useLocale();
  const tag = locale === "ru" ? "ru-RU" : "en-GB";
  const thousandth = new Intl.NumberFormat(tag, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const percent = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1 });
  const write = (name: string, value: number | null) => {
    if (value === null) return "—";
    return name === "aucWithinLead" || name === "dealError" ? thousandth.format(value) : percent.format(value);
  };
  return {
    value: (name: string, { value }: Estimate) => write(name, value),
    /** Empty where it cannot be told. */
    interval: (name: string, { low, high }: Estimate) =>
      low === null || high === null ? "" : t("interval", { low: write(name, low), high: write(name, high) }),
  };
}
