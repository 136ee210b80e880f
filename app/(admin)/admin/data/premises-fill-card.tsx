"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Card } from "../../../_ui/card.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import classes from "./data.module.css";

/** How many premises have each field filled: of all, and of those that are free. */
export function PremisesFillCard() {
  const t = useTranslations("data");
  const figures = useFigures();
  const trpc = useTRPC();
  const fill = useQuery(trpc.data.premisesFill.queryOptions());
  const share = (counted: { hits: number; of: number; share: number | null }) =>
    counted.share === null ? "–" : figures.share(counted.share);
  return (
    <Card id="premises-fill" title={t("premises")}>
      {fill.isPending && <Skeleton height={260} radius="md" aria-hidden />}
      {fill.isError && !fill.data && (
        <Problem error={fill.error} onRetry={() => void fill.refetch()} retrying={fill.isFetching} />
      )}
      {fill.data && (
        <>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("field")}</th>
                <th scope="col">{t("ofAllPremises")}</th>
                <th scope="col">{t("ofFree")}</th>
                <th scope="col">{t("emptyFree")}</th>
              </tr>
            </thead>
            <tbody>
              {fill.data.map(({ field, all, free }) => (
                <tr key={field}>
                  <th scope="row">{t(`premisesField.${field}`)}</th>
                  <td>{share(all)}</td>
                  <td>{share(free)}</td>
                  <td>{figures.whole(free.of - free.hits)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={classes.counted}>
            {t("premisesCounted", {
              all: figures.whole(fill.data[0]!.all.of),
              free: figures.whole(fill.data[0]!.free.of),
            })}
          </p>
        </>
      )}
    </Card>
  );
}
