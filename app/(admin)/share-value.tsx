import { useTranslations } from "next-intl";
import { useFigures } from "../_ui/use-figures.ts";
import classes from "./share-value.module.css";

/** Fewer than this say little, and are shown as what they are: a few cases. */
export const SMALL_N = 10;

export interface Counted {
  hits: number;
  of: number;
  share: number | null;
  low: number | null;
  high: number | null;
}

/** A counted share with its interval and what it rests on; greyed where that is little, «no data» where it is nothing. */
export function ShareValue({ value }: { value: Counted }) {
  const t = useTranslations("reports");
  const figures = useFigures();
  if (value.share === null) return <span className={classes.none}>{t("noData")}</span>;
  return (
    <span className={classes.value} data-small={value.of < SMALL_N || undefined}>
      <strong>{figures.share(value.share)}</strong>{" "}
      <span className={classes.basis}>
        {t("basis", { hits: figures.whole(value.hits), of: figures.whole(value.of) })}
        {value.low !== null && value.high !== null && <> · {figures.shareRange(value.low, value.high)}</>}
      </span>
    </span>
  );
}
