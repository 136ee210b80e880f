import { UnstyledButton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import { SMALL_N } from "../../share-value.tsx";
import classes from "./heat-table.module.css";

interface Named {
  key: string;
  name: string;
}

/** How much of the colour an empty column has; the figures must be read on it in both schemes. */
const DEEPEST = 42;

/** Shares in a table whose colour says where it is thin; what is counted from few is faint. A cell opens what is empty in it. */
export function HeatTable(props: {
  label: string;
  corner: string;
  rows: Named[];
  columns: Named[];
  cells: { row: string; column: string; filled: number; of: number }[];
  isStale: boolean;
  onOpen: (row: string, column: string) => void;
}) {
  const t = useTranslations("data");
  const reports = useTranslations("reports");
  const figures = useFigures();
  const at = new Map(props.cells.map((cell) => [`${cell.row}|${cell.column}`, cell]));
  return (
    <WideTable label={`${props.label}: ${reports("asTable")}`} className={classes.frame}>
      <table className={classes.table} data-stale={props.isStale || undefined}>
        <thead>
          <tr>
            <th scope="col" className={`${classes.name} ${classes.corner}`}>
              {props.corner}
            </th>
            {props.columns.map(({ key, name }) => (
              <th key={key} scope="col" className={classes.column}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className={classes.name}>
                {row.name}
              </th>
              {props.columns.map((column) => {
                const cell = at.get(`${row.key}|${column.key}`);
                if (!cell || cell.of === 0)
                  return (
                    <td key={column.key} className={classes.none}>
                      –
                    </td>
                  );
                const percent = figures.whole((100 * cell.filled) / cell.of);
                const words = {
                  ...{ row: row.name, column: column.name, percent },
                  filled: figures.whole(cell.filled),
                  of: figures.whole(cell.of),
                };
                return (
                  <td key={column.key}>
                    <UnstyledButton
                      className={classes.cell}
                      style={{ "--depth": `${Math.round(DEEPEST * (1 - cell.filled / cell.of))}%` }}
                      data-small={cell.of < SMALL_N || undefined}
                      aria-label={t("cell", words)}
                      title={t("cell", words)}
                      onClick={() => props.onOpen(row.key, column.key)}
                    >
                      {percent}
                    </UnstyledButton>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
