import { useTranslations } from "next-intl";

/** What a job does, in the reader's words; one that nobody has worded yet keeps its name. */
export function useJobWords(): (job: string) => string {
  const t = useTranslations("admin.jobs");
  return (job) => {
    const key = `jobOf.${job}` as "jobOf.train-model";
    return t.has(key) ? t(key) : job;
  };
}
