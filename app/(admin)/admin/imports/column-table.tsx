"use client";

import { NativeSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import classes from "./imports.module.css";
import { useImportWords } from "./use-import-words.ts";

type Preview = RouterOutputs["imports"]["preview"];

/** The file's columns, where each goes, and the first rows below; a value that would be refused says why. */
export function ColumnTable(props: {
  /** Its name: several may be looked at, one below the other. */
  file: string;
  preview: Preview;
  disabled: boolean;
  onLay: (columns: (string | null)[]) => void;
}) {
  const t = useTranslations("imports.preview");
  const words = useImportWords();
  const label = t("columns", { file: props.file });
  const { headers, columns, rows, table, tables } = props.preview;
  const known = tables.find(({ name }) => name === table);
  const lay = (at: number, name: string | null) =>
    // What was laid into the same column goes: two cannot.
    props.onLay(columns.map((other, index) => (index === at ? name : other === name ? null : other)));
  return (
    <WideTable label={label} className={classes.tableBox}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className={classes.lineNumber}>
              {t("line")}
            </th>
            {headers.map((header, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
              <th key={index} scope="col" data-skipped={(known && columns[index] === null) || undefined}>
                <span className={classes.headerName}>{header || "—"}</span>
                {known && (
                  <NativeSelect
                    size="xs"
                    aria-label={header ? t("columnOf", { header }) : t("columnOfNone", { n: index + 1 })}
                    value={columns[index] ?? ""}
                    disabled={props.disabled}
                    onChange={(event) => lay(index, event.currentTarget.value || null)}
                    data={[
                      { value: "", label: t("skip") },
                      ...known.columns.map((name) => ({
                        value: name,
                        label: `${words.column(name)}${known.needed.includes(name) ? " *" : ""}`,
                      })),
                    ]}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line} data-refused={row.refused || undefined}>
              <td className={classes.lineNumber}>{row.line}</td>
              {headers.map((_, index) => {
                const cell = row.cells[index];
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
                  <td key={index} data-problem={(cell?.problem ?? null) !== null || undefined}>
                    {cell?.text}
                    {cell?.problem && <span className={classes.problem}>{cell.problem}</span>}
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
