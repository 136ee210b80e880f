import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./conversion.module.css";

/** A difference of two shares in percentage points, with its interval; «no data» where one of them counted nothing. */
export function DifferenceValue({
  value,
}: {
  value: { value: number | null; low: number | null; high: number | null };
}) {
  const t = useTranslations("conversion");
  const none = useTranslations("reports");
  const figures = useFigures();
  if (value.value === null || value.low === null || value.high === null)
    return <span className={classes.range}>{none("noData")}</span>;
  return (
    <span className={classes.difference}>
      <strong>{t("points", { value: figures.points(value.value) })}</strong>{" "}
      <span className={classes.range}>
        {figures.points(value.low)} … {figures.points(value.high)}
      </span>
    </span>
  );
}
