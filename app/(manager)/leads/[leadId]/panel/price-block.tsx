import { useTranslations } from "next-intl";
import { useFigures } from "../../../../_ui/use-figures.ts";
import type { BoardItem } from "../board-answers.ts";
import classes from "./price-block.module.css";

/** Half of fewer leases is no range. */
const quartilesMin = 4;

/** What we ask, what would pay best, and what similar leases paid: the range with its count, not a promise. */
export function PriceBlock({ item }: { item: BoardItem }) {
  const t = useTranslations("price");
  const premises = useTranslations("premises");
  const figures = useFigures();
  const { asking, best, similar } = item.price;
  const askingSqm = asking !== null && item.areaSqm !== null ? asking / item.areaSqm : null;
  return (
    <div className={classes.block}>
      <dl className={classes.prices}>
        <div>
          <dt>{t("asking")}</dt>
          <dd>
            {asking === null ? premises("rentUnknown") : premises("perMonth", { value: figures.rub(asking) })}
            {askingSqm !== null && (
              <span className={classes.perSqm}>{premises("perSqm", { value: figures.rub(askingSqm) })}</span>
            )}
          </dd>
        </div>
        {best !== null && (
          <div>
            <dt>{t("best")}</dt>
            <dd>{premises("perMonth", { value: figures.rub(best) })}</dd>
          </div>
        )}
      </dl>
      <p className={classes.note}>{best === null ? t("bestUnknown") : t("bestMore")}</p>
      {similar ? (
        <Similar similar={similar} askingSqm={askingSqm} />
      ) : (
        <p className={classes.note}>{t("similarNone")}</p>
      )}
    </div>
  );
}

function Similar(props: { similar: NonNullable<BoardItem["price"]["similar"]>; askingSqm: number | null }) {
  const t = useTranslations("price");
  const figures = useFigures();
  const { n, q25, median, q75 } = props.similar;
  const ends = [q25, q75, ...(props.askingSqm === null ? [] : [props.askingSqm])];
  const low = Math.min(...ends) * 0.9;
  const high = Math.max(...ends) * 1.1;
  const at = (value: number) => `${(((value - low) / (high - low)) * 100).toFixed(1)}%`;
  return (
    <div>
      <p className={classes.similarTitle}>
        {t("similar")} <span className={classes.n}>{t("similarCount", { n })}</span>
      </p>
      <div className={classes.scale} aria-hidden>
        <span className={classes.box} style={{ left: at(q25), right: `calc(100% - ${at(q75)})` }} />
        <span className={classes.median} style={{ left: at(median) }} />
        {props.askingSqm !== null && <span className={classes.ours} style={{ left: at(props.askingSqm) }} />}
      </div>
      <p className={classes.note}>
        {n < quartilesMin
          ? t("fewLeases", { median: figures.rub(median) })
          : t("quartiles", { q25: figures.rub(q25), q75: figures.rub(q75), median: figures.rub(median) })}
        {props.askingSqm !== null && (
          <>
            {"; "}
            <span className={classes.oursWord}>{t("ours", { value: figures.rub(props.askingSqm) })}</span>
          </>
        )}
      </p>
    </div>
  );
}
