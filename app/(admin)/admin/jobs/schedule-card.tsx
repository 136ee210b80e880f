import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./jobs.module.css";
import { useJobWords } from "./use-job-words.ts";

/** What happens by itself, the soonest first. */
export function ScheduleCard({ schedule }: { schedule: RouterOutputs["health"]["jobs"]["schedule"] }) {
  const t = useTranslations("admin.jobs");
  const figures = useFigures();
  const words = useJobWords();
  return (
    <Card id="schedule" title={t("schedule")}>
      <ul className={classes.list}>
        {schedule.map(({ job, next }) => (
          <li key={job} className={classes.one}>
            <span className={classes.main}>{words(job)}</span>
            <span className={classes.soft}>{t("next", { at: figures.moment(next) })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
