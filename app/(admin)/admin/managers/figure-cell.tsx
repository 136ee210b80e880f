import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";
import { SMALL_N } from "../../share-value.tsx";
import type { ManagerColumn, ManagerFigures } from "./manager-columns.ts";
import classes from "./managers.module.css";

/** One figure of a manager; what rests on a few cases is pale, and what rests on none says so. */
export function FigureCell({ row, column }: { row: ManagerFigures; column: ManagerColumn }) {
  const t = useTranslations("managers");
  const reports = useTranslations("reports");
  const figures = useFigures();
  if (column.kind === "count") {
    const count = column.of(row);
    return <span className={count < SMALL_N ? classes.small : undefined}>{figures.whole(count)}</span>;
  }
  if (column.kind === "days") {
    const { medianDays, n } = column.of(row);
    if (medianDays === null) return <span className={classes.small}>{reports("noData")}</span>;
    return (
      <span className={n < SMALL_N ? classes.small : undefined}>
        {t("days", { count: medianDays })}
        <span className={classes.basis}>{t("ofLeads", { count: n })}</span>
      </span>
    );
  }
  const { hits, of, share, low, high } = column.of(row);
  if (share === null) return <span className={classes.small}>{reports("noData")}</span>;
  // Wishes of one lead are no independent cases: an interval would promise too much.
  const withInterval = column.word !== "filled" && low !== null && high !== null;
  return (
    <span className={of < SMALL_N ? classes.small : undefined}>
      {figures.share(share)}
      <span className={classes.basis}>
        {reports("basis", { hits: figures.whole(hits), of: figures.whole(of) })}
        {withInterval && <> · {figures.shareRange(low, high)}</>}
      </span>
    </span>
  );
}
