"use client";

import { SegmentedControl, Select, Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { useReportScope } from "../../use-report-scope.ts";
import classes from "./data.module.css";
import { dataAddress, fields, layouts } from "./data-address.ts";
import { HeatTable } from "./heat-table.tsx";

type Fill = RouterOutputs["data"]["fill"];
type Field = (typeof fields)[number];

/** How many leads have each wish filled: by month, by manager, or one wish by both. */
export function WishesFillCard() {
  const t = useTranslations("data");
  const wish = useTranslations("answer.field");
  const trpc = useTRPC();
  const [{ rows, field }, show] = useQueryStates(dataAddress);
  const fill = useQuery({
    ...trpc.data.fill.queryOptions({ ...useReportScope(), rows, field }),
    placeholderData: keepPreviousData,
  });
  return (
    <Card
      id="wishes-fill"
      title={t("wishes")}
      aside={
        <div className={classes.controls}>
          <SegmentedControl
            size="xs"
            aria-label={t("laid")}
            value={rows}
            data={layouts.map((value) => ({ value, label: t(`rows.${value}`) }))}
            onChange={(value) => void show({ rows: value as typeof rows })}
          />
          {rows === "managersByMonth" && (
            <Select
              size="xs"
              w="11rem"
              aria-label={t("field")}
              data={fields.map((value) => ({ value, label: wish(value) }))}
              value={field}
              allowDeselect={false}
              onChange={(value) => void show({ field: value as Field })}
            />
          )}
        </div>
      }
    >
      {fill.isPending && <Skeleton height={260} radius="md" aria-hidden />}
      {fill.isError && !fill.data && (
        <Problem error={fill.error} onRetry={() => void fill.refetch()} retrying={fill.isFetching} />
      )}
      {fill.data && <WishesTable fill={fill.data} isStale={fill.isPlaceholderData} />}
    </Card>
  );
}

function WishesTable({ fill, isStale }: { fill: Fill; isStale: boolean }) {
  const t = useTranslations("data");
  const wish = useTranslations("answer.field");
  const figures = useFigures();
  const [{ rows, field }, show] = useQueryStates(dataAddress);
  const leads = fill.whole[0]?.of ?? 0;
  if (leads === 0) return <p className={page.soft}>{t("noLeads")}</p>;
  const emptiest = fill.whole.toSorted((a, b) => a.filled - b.filled)[0]!;
  const columnWord = (column: string) =>
    fill.step === "field"
      ? wish(column as Field)
      : fill.step === "year"
        ? column.slice(0, 4)
        : figures.month(column).replaceAll("\u00a0", " ");
  return (
    <>
      <p className={classes.sentence}>
        {t("fillSentence", {
          leads: figures.whole(leads),
          field: wish(emptiest.field),
          filled: figures.whole(emptiest.filled),
          share: figures.share(emptiest.filled / emptiest.of),
        })}
      </p>
      <HeatTable
        label={t("wishes")}
        corner={rows === "fields" ? t("field") : t("manager")}
        rows={fill.rows.map(({ key, name }) => ({
          key,
          name: rows === "fields" ? wish(key as Field) : key === "" ? t("nobody") : (name ?? key),
        }))}
        columns={fill.columns.map((key) => ({ key, name: columnWord(key) }))}
        cells={fill.cells}
        isStale={isStale}
        onOpen={(row, column) =>
          void show({
            check: null,
            empty: rows === "fields" ? (row as Field) : rows === "managers" ? (column as Field) : field,
            column: rows === "managers" ? null : column,
            row: rows === "fields" ? null : row === "" ? "-" : row,
          })
        }
      />
      <p className={classes.counted}>
        {t("fillCounted")}
        {fill.more > 0 && ` ${t("moreManagers", { count: fill.more })}`}
      </p>
    </>
  );
}
