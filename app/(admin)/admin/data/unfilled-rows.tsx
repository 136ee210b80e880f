"use client";

import { Button, Skeleton } from "@mantine/core";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";
import { MoreRows } from "../../../_ui/more-rows.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPCClient } from "../../../trpc/client.tsx";
import type { ReportScope } from "../../report-address.ts";
import { useReportScope } from "../../use-report-scope.ts";
import classes from "./data.module.css";
import { dataAddress, type fields } from "./data-address.ts";
import { MendTold, MendWish } from "./mend-wish.tsx";
import { rowsKey, useMend } from "./use-mend.ts";

type Page = RouterOutputs["data"]["unfilled"];

const limit = 30;

/** The leads of a number of empty wishes, each to be filled on the spot. */
export function UnfilledRows({ field, mayAnswer }: { field: (typeof fields)[number]; mayAnswer: boolean }) {
  const t = useTranslations("data");
  const wish = useTranslations("answer.field");
  const leads = useTranslations("leads");
  const figures = useFigures();
  const client = useTRPCClient();
  const mend = useMend();
  const [editing, setEditing] = useState<string | null>(null);
  const [{ column, row }] = useQueryStates(dataAddress);
  const scope = within(useReportScope(), column);
  const input: Omit<RouterInputs["data"]["unfilled"], "cursor"> = {
    scope: row && row !== "-" ? { ...scope, ofManager: row } : scope,
    unassigned: row === "-",
    field,
    limit,
  };
  const list = useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: [rowsKey, "unfilled", input],
      queryFn: ({ pageParam }) => client.data.unfilled.query({ ...input, cursor: pageParam }),
      initialPageParam: null as Page["nextCursor"],
      getNextPageParam: (last) => last.nextCursor,
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <p className={classes.how}>{t(mayAnswer ? "fillHere" : "fillByOthers")}</p>
      <MendTold mend={mend} />
      <MoreRows
        list={list}
        waiting={<Skeleton height={240} radius="md" aria-hidden />}
        none={<p className={classes.counted}>{t("nothingEmpty")}</p>}
      >
        {rows.map(({ leadId, createdOn, brand, managerName, filled }) => (
          <li key={leadId} className={classes.row} data-lead={leadId}>
            <div className={classes.rowHead}>
              <Link className={classes.rowName} href={`/leads/${encodeURIComponent(leadId)}`} prefetch={false}>
                {brand ?? leads("noBrand")} · {leads("numbered", { id: leadId })}
              </Link>
              {mayAnswer && editing !== leadId && (
                <Button size="compact-sm" variant="default" onClick={() => setEditing(leadId)}>
                  {t("fill")}
                </Button>
              )}
            </div>
            <p className={classes.seen}>
              <span>{figures.day(createdOn)}</span>
              <span>{managerName ?? t("nobody")}</span>
              <span>{t("filledOf", { filled, of: 7 })}</span>
            </p>
            {editing === leadId && (
              <MendWish
                leadId={leadId}
                field={field}
                name={wish(field)}
                known={{}}
                mend={mend}
                onClose={() => setEditing(null)}
              />
            )}
          </li>
        ))}
      </MoreRows>
    </>
  );
}

/** The days of a column of the table, within those of the page. */
function within(scope: ReportScope, column: string | null): ReportScope & { from?: string; to?: string } {
  if (!column || !/^\d{4}-\d{2}-01$/.test(column)) return scope;
  const isYear = column.endsWith("-01-01") && scope.period === "all";
  const next = new Date(`${column}T00:00:00Z`);
  if (isYear) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else next.setUTCMonth(next.getUTCMonth() + 1);
  const last = new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10);
  return { ...scope, from: column, to: last };
}
