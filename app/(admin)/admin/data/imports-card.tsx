"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "../../../_ui/card.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import classes from "./data.module.css";

const repairs = ["fromToSwapped", "rangeSplit", "boundMoved", "idCleaned", "nameFromId", "excelSerialDate"] as const;

/** What the latest import of each table refused, and what it put right by itself; its page has the rows. */
export function ImportsCard() {
  const t = useTranslations("data");
  const figures = useFigures();
  const trpc = useTRPC();
  const faults = useQuery(trpc.data.imports.queryOptions());
  const wordRepairs = (repaired: Record<string, number>) =>
    Object.entries(repaired)
      .map(
        ([code, n]) =>
          `${repairs.some((known) => known === code) ? t(`repair.${code as (typeof repairs)[number]}`) : code} ${figures.whole(n)}`,
      )
      .join(", ");
  return (
    <Card id="import-faults" title={t("imports")}>
      {faults.isPending && <Skeleton height={200} radius="md" aria-hidden />}
      {faults.isError && !faults.data && (
        <Problem error={faults.error} onRetry={() => void faults.refetch()} retrying={faults.isFetching} />
      )}
      {faults.data?.length === 0 && <p className={page.soft}>{t("noImports")}</p>}
      {faults.data && faults.data.length > 0 && (
        <>
          <ul className={classes.rows}>
            {faults.data.map(({ table, runId, finishedAt, rows, refusedRows, refusedValues, duplicates, repaired }) => (
              <li key={table} className={classes.row}>
                <div className={classes.rowHead}>
                  <Link className={classes.rowName} href={`/admin/imports/${runId}`} prefetch={false}>
                    {t(`table.${table}`)}
                  </Link>
                  <span className={classes.basis}>
                    {t("importRows", { count: rows, rows: figures.whole(rows) })} · {figures.moment(finishedAt)}
                  </span>
                </div>
                <p className={classes.seen}>
                  <span>
                    {t("refusedRows")} <strong>{figures.whole(refusedRows)}</strong>
                  </span>
                  <span>
                    {t("refusedValues")} <strong>{figures.whole(refusedValues)}</strong>
                  </span>
                  {duplicates > 0 && (
                    <span>
                      {t("repeatedRows")} <strong>{figures.whole(duplicates)}</strong>
                    </span>
                  )}
                  {Object.keys(repaired).length > 0 && (
                    <span>
                      {t("repaired")} <strong>{wordRepairs(repaired)}</strong>
                    </span>
                  )}
                </p>
              </li>
            ))}
          </ul>
          <p className={classes.counted}>{t("importsCounted")}</p>
        </>
      )}
    </Card>
  );
}
