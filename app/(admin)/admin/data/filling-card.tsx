"use client";

import { Button, Loader, Skeleton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import classes from "./data.module.css";
import type { fields } from "./data-address.ts";

type Latest = NonNullable<RouterOutputs["data"]["filling"]["latest"]>;
type Worth = Latest["worths"][number];
type Field = (typeof fields)[number];

const POLL_MS = 2000;

/** What a filled field changes in the lists, measured on a sample; measured anew on request. */
export function FillingCard() {
  const t = useTranslations("data.effect");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = trpc.data.filling.queryOptions();
  const filling = useQuery({ ...options, refetchInterval: ({ state }) => (state.data?.isUnderWay ? POLL_MS : false) });
  const measure = useMutation({
    ...trpc.data.measureFilling.mutationOptions(),
    onSettled: () => queries.invalidateQueries({ queryKey: options.queryKey }),
  });
  const { data } = filling;
  return (
    <Card
      id="filling"
      title={t("title")}
      aside={
        data && (
          <Button
            size="xs"
            variant="default"
            loading={measure.isPending}
            disabled={data.isUnderWay}
            onClick={() => measure.mutate()}
          >
            {t(data.latest ? "again" : "measure")}
          </Button>
        )
      }
    >
      {filling.isPending && <Skeleton height={200} radius="md" aria-hidden />}
      {filling.isError && !data && (
        <Problem error={filling.error} onRetry={() => void filling.refetch()} retrying={filling.isFetching} />
      )}
      {data && (
        <>
          {measure.isError && <p className={classes.alarm}>{readProblem(measure.error).message}</p>}
          {data.isUnderWay && (
            <p className={classes.told} role="status">
              <Loader size={14} aria-hidden /> {t(data.isServed ? "underWay" : "noWorker")}
            </p>
          )}
          {data.failed && !data.isUnderWay && <p className={classes.alarm}>{t("failed")}</p>}
          {data.latest ? <Worths latest={data.latest} /> : !data.isUnderWay && <p className={page.soft}>{t("none")}</p>}
        </>
      )}
    </Card>
  );
}

function Worths({ latest }: { latest: Latest }) {
  const t = useTranslations("data.effect");
  const reports = useTranslations("reports");
  const data = useTranslations("data");
  const wish = useTranslations("answer.field");
  const figures = useFigures();
  const nameOf = ({ of, field }: Worth) =>
    of === "lead" ? wish(field as Field) : data(`premisesField.${field as "water"}`);
  const measured = latest.worths.filter(({ leads }) => leads > 0).toSorted((a, b) => turned(b) - turned(a));
  const best = measured[0];
  return (
    <>
      {best && turned(best) > 0 ? (
        <p className={classes.sentence}>
          {t("sentence", {
            field: nameOf(best),
            removed: figures.whole(best.removed),
            turned: figures.whole(best.turnedKept),
            dropped: figures.whole(best.turnedRemoved),
          })}
        </p>
      ) : (
        <p className={classes.sentence}>{t("changesNothing")}</p>
      )}
      <WideTable label={`${t("title")}: ${reports("asTable")}`}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{data("field")}</th>
              <th scope="col">{t("turnedKept")}</th>
              <th scope="col">{t("turnedRemoved")}</th>
              <th scope="col">{t("leads")}</th>
            </tr>
          </thead>
          <tbody>
            {measured.map((worth) => (
              <tr key={`${worth.of} ${worth.field}`}>
                <th scope="row">
                  {nameOf(worth)} <span className={classes.basis}>{t(`of.${worth.of}`)}</span>
                </th>
                <td>
                  <Part part={worth.turnedKept} of={worth.removed} />
                </td>
                <td>
                  <Part part={worth.turnedRemoved} of={worth.kept} />
                </td>
                <td>{figures.whole(worth.leads)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      <p className={classes.counted}>
        {t("counted", {
          day: figures.day(latest.asOf),
          premises: figures.whole(latest.premises),
          count: latest.premises,
          model: latest.modelId === null ? t("byRules") : t("byModel", { id: String(latest.modelId) }),
          seed: String(latest.seed),
        })}
      </p>
    </>
  );
}

/** Counts first: a share of three is no share. */
function Part({ part, of }: { part: number; of: number }) {
  const t = useTranslations("reports");
  const figures = useFigures();
  if (of === 0) return "–";
  return (
    <>
      {figures.share(part / of)}{" "}
      <span className={classes.basis}>{t("basis", { hits: figures.whole(part), of: figures.whole(of) })}</span>
    </>
  );
}

function turned({ turnedKept, turnedRemoved, removed, kept }: Worth): number {
  return removed + kept === 0 ? 0 : (turnedKept + turnedRemoved) / (removed + kept);
}
