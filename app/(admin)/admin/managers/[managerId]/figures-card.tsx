import { useTranslations } from "next-intl";
import { Card } from "../../../../_ui/card.tsx";
import { FigureCell } from "../figure-cell.tsx";
import { type ManagerFigures, managerColumns } from "../manager-columns.ts";
import classes from "../managers.module.css";

/** All figures of one manager, as the table has them in a row. */
export function FiguresCard({ row }: { row: ManagerFigures }) {
  const t = useTranslations("managers");
  return (
    <Card id="figures" title={t("figures")}>
      <dl className={classes.figures}>
        {managerColumns.map((column) => (
          <div key={column.word}>
            <dt>{t(`columns.${column.word}`)}</dt>
            <dd>
              <FigureCell row={row} column={column} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.what}>{t("what")}</p>
    </Card>
  );
}
