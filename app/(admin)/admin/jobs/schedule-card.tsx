import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { AdminCard } from "../../admin-card.tsx";
import classes from "./jobs.module.css";
import { useJobWords } from "./use-job-words.ts";

/** What happens by itself, the soonest first. */
export function ScheduleCard({ schedule }: { schedule: RouterOutputs["health"]["jobs"]["schedule"] }) {
  const t = useTranslations("admin.jobs");
  const figures = useFigures();
  const words = useJobWords();
  return (
    <AdminCard id="schedule" title={t("schedule")}>
      <ul className={classes.list}>
        {schedule.map(({ job, next }) => (
          <li key={job} className={classes.one}>
            <span className={classes.main}>{words(job)}</span>
            <span className={classes.soft}>{t("next", { at: figures.moment(next) })}</span>
          </li>
        ))}
      </ul>
    </AdminCard>
  );
}
