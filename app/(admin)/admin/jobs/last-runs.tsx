import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useSpan } from "../../../_ui/use-span.ts";
import page from "../../admin-page.module.css";
import classes from "./jobs.module.css";
import { useJobWords } from "./use-job-words.ts";

const tones = { completed: "good", failed: "bad", retry: "bad" } as Record<string, string>;

/** What ran last, how it ended and how long it took; a failure says why. */
export function LastRuns({ runs }: { runs: RouterOutputs["health"]["jobs"]["runs"] }) {
  const t = useTranslations("admin.jobs");
  const figures = useFigures();
  const span = useSpan();
  const words = useJobWords();
  return (
    <Card id="runs" title={t("runs")}>
      {runs.length === 0 && <p className={page.soft}>{t("noRuns")}</p>}
      {runs.length > 0 && (
        <ol className={classes.list}>
          {runs.map((run) => (
            <li key={run.id} className={classes.one}>
              <span className={classes.state} data-tone={tones[run.state]}>
                {t(`stateOf.${run.state}`)}
              </span>
              <span className={classes.main}>{words(run.job)}</span>
              {run.tries > 1 && <span className={classes.soft}>{t("tries", { n: run.tries })}</span>}
              {run.startedAt && run.endedAt && (
                <span className={classes.soft}>{span((run.endedAt.getTime() - run.startedAt.getTime()) / 1000)}</span>
              )}
              <span className={classes.soft}>{figures.moment(run.endedAt ?? run.startedAt ?? run.createdAt)}</span>
              {run.failure !== null && <span className={classes.failure}>{run.failure}</span>}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
