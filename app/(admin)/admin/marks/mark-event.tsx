import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./marks.module.css";

type Row = RouterOutputs["feedback"]["all"]["marks"][number];

/** One mark with all that is known of it: what, whose, when, and which answer of which model it is about. */
export function MarkEvent({ row }: { row: Row }) {
  const t = useTranslations("marks");
  const mark = useTranslations("mark");
  const leads = useTranslations("leads");
  const figures = useFigures();
  const score =
    row.suitability === null || row.threshold === null
      ? t("noScore")
      : t("score", { score: figures.hundredth(row.suitability), threshold: figures.hundredth(row.threshold) });
  return (
    <li className={classes.row} data-withdrawn={row.withdrawnAt !== null || undefined}>
      <div className={classes.head}>
        <span className={classes.kind}>
          {mark(row.mark === "wrongly_removed" ? "wronglyRemoved" : "wronglyKept")}
          {row.reason !== null && `, ${mark(`reasonOf.${row.reason}`)}`}
        </span>
        {row.withdrawnAt !== null && (
          <span className={classes.soft}>{t("withdrawn", { at: figures.moment(row.withdrawnAt) })}</span>
        )}
        <span className={classes.when}>{figures.moment(row.createdAt)}</span>
      </div>
      <Link
        className={classes.premises}
        prefetch={false}
        href={`/leads/${encodeURIComponent(row.leadId)}?open=${encodeURIComponent(row.premisesId)}`}
      >
        {row.premisesName}
      </Link>
      <span className={classes.soft}>
        {row.managerName} · {row.brand ?? leads("noBrand")} · {leads("numbered", { id: row.leadId })}
      </span>
      {row.note !== null && <q className={classes.note}>{row.note}</q>}
      <span className={classes.basis}>
        {score} · {row.modelId === null ? t("noModel") : t("model", { id: String(row.modelId) })} ·{" "}
        {row.runId === null ? t("noRun") : t("run", { id: row.runId.slice(0, 8) })} ·{" "}
        {t("asOf", { day: figures.day(row.asOf) })}
      </span>
    </li>
  );
}
