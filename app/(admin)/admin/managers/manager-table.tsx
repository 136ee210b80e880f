"use client";

import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import page from "../../admin-page.module.css";
import { useScopedHref } from "../../use-scoped-href.ts";
import { FigureCell } from "./figure-cell.tsx";
import { managerColumns, type SortWord, sortManagers, sortWords } from "./manager-columns.ts";
import classes from "./managers.module.css";

/** So many rows at first; a press shows as many more. */
const STEP = 50;

const tableAddress = {
  who: parseAsString.withDefault(""),
  by: parseAsStringLiteral(sortWords).withDefault("name"),
  down: parseAsBoolean.withDefault(false),
};

/** Every manager with his figures: found by name, sorted by a column's head. */
export function ManagerTable({ managers, nobodys }: RouterOutputs["reports"]["managers"]) {
  const t = useTranslations("managers");
  const reports = useTranslations("reports");
  const locale = useLocale();
  const href = useScopedHref();
  const [{ who, by, down }, setAddress] = useQueryStates(tableAddress);
  const [limit, setLimit] = useState(STEP);
  const rows = useMemo(
    () => sortManagers(managers, { query: who, by, down }, new Intl.Collator(locale)),
    [managers, who, by, down, locale],
  );
  // A number is asked for to see the most of it first, a name to find it.
  const sort = (word: SortWord) => void setAddress({ by: word, down: word === by ? !down : word !== "name" });
  const heads = ["name", ...managerColumns.map(({ word }) => word)] as const;
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          size="sm"
          type="search"
          aria-label={t("find")}
          placeholder={t("find")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={who}
          onChange={(event) => void setAddress({ who: event.currentTarget.value || null })}
        />
        <span className={page.soft} role="status">
          {t("count", { count: rows.length })}
        </span>
      </div>
      {rows.length === 0 ? (
        <p className={page.soft}>{t("empty")}</p>
      ) : (
        <>
          <WideTable label={`${t("table")}: ${reports("asTable")}`}>
            <table className={classes.table}>
              <thead>
                <tr>
                  {heads.map((word) => (
                    <th
                      key={word}
                      scope="col"
                      aria-sort={word === by ? (down ? "descending" : "ascending") : undefined}
                    >
                      <button
                        type="button"
                        className={classes.sort}
                        data-sorted={word === by || undefined}
                        onClick={() => sort(word)}
                      >
                        {t(`columns.${word}`)} {word === by && <span aria-hidden>{down ? "↓" : "↑"}</span>}
                      </button>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, limit).map((row) => (
                  <tr key={row.managerId}>
                    <th scope="row">
                      <Link
                        href={href(`/admin/managers/${encodeURIComponent(row.managerId)}`)}
                        prefetch={false}
                        className={classes.name}
                      >
                        {row.name}
                      </Link>
                      {row.isGone && <span className={classes.gone}>{t("gone")}</span>}
                    </th>
                    {managerColumns.map((column) => (
                      <td key={column.word}>
                        <FigureCell row={row} column={column} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
          {rows.length > limit && (
            <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setLimit(limit + STEP)}>
              {t("more", { count: Math.min(STEP, rows.length - limit) })}
            </Button>
          )}
        </>
      )}
      <p className={classes.what}>
        {t("what")} {nobodys > 0 && t("nobodys", { count: nobodys })}
      </p>
    </>
  );
}
