import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { WideTable } from "../_ui/wide-table.tsx";
import classes from "./chart-figure.module.css";

export interface FigureTable {
  /** Heads of the columns; the first column names the row. */
  head: readonly string[];
  rows: readonly { key: string; cells: readonly string[] }[];
}

/**
 * A picture with what it says in a sentence, and the same as a table: for readers, and for whoever wants the number. The picture
 * itself has no words for a screen reader.
 */
export function ChartFigure(props: {
  /** What is seen, in one sentence with the figures that matter. */
  sentence: string;
  /** What is counted: numerator, denominator, unit. */
  counted: string;
  table: FigureTable;
  children: ReactNode;
}) {
  const t = useTranslations("reports");
  const { head, rows } = props.table;
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.sentence}>{props.sentence}</figcaption>
      <div aria-hidden className={classes.picture}>
        {props.children}
      </div>
      <p className={classes.counted}>{props.counted}</p>
      <details className={classes.details}>
        <summary>{t("asTable")}</summary>
        <WideTable label={`${t("asTable")}: ${props.sentence}`} className={classes.wide}>
          <table className={classes.table}>
            <thead className={classes.head}>
              <tr>
                {head.map((word) => (
                  <th key={word} scope="col">
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells: [name, ...cells] }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, i) => (
                    <td key={head[i + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </details>
    </figure>
  );
}
