import { useTranslations } from "next-intl";

/** How long something takes, as people say it: `45 с`, `3 мин`, `1 ч 20 мин`. */
export function useSpan(): (seconds: number) => string {
  const t = useTranslations("progress");
  return (seconds) => {
    if (seconds < 60) return t("seconds", { n: Math.max(1, Math.round(seconds)) });
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return t("minutes", { n: minutes });
    return t("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
  };
}
