import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";
import classes from "./jobs.module.css";

/** The processes that do jobs: those that live, and those that were killed within a day. */
export function WorkersCard({ workers }: { workers: RouterOutputs["health"]["jobs"]["workers"] }) {
  const t = useTranslations("admin.jobs");
  const figures = useFigures();
  const served = workers.some(({ alive }) => alive);
  return (
    <Card id="workers" title={t("workers")}>
      {workers.length === 0 && <p className={page.soft}>{t("noWorkers")}</p>}
      {workers.length > 0 && (
        <ul className={classes.list}>
          {workers.map(({ worker, alive, startedAt, beatAt }) => (
            <li key={worker} className={classes.one}>
              <span className={classes.state} data-tone={alive ? "good" : served ? undefined : "bad"}>
                {t(alive ? "alive" : "silent")}
              </span>
              <span className={classes.main}>{worker}</span>
              <span className={classes.soft}>{t("upSince", { at: figures.moment(startedAt) })}</span>
              <span className={classes.soft}>{t("beatAt", { at: figures.moment(beatAt) })}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
