"use client";

import { Select, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsInteger, useQueryState } from "nuqs";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { Problem } from "../../../../_ui/problem.tsx";
import { useTRPC } from "../../../../trpc/client.tsx";
import shell from "../../../admin-page.module.css";
import { figureNames } from "../figure-row.tsx";
import classes from "../models.module.css";
import { useEstimates } from "../use-estimates.ts";

type Comparison = RouterOutputs["models"]["compare"];

/** This version beside another, which the address names: what they are worth, and what of their making differs. */
export function CompareCard({ model: { modelId, alias } }: { model: RouterOutputs["models"]["show"] }) {
  const t = useTranslations("models");
  const trpc = useTRPC();
  const [withId, setWithId] = useQueryState("with", parseAsInteger.withOptions({ history: "push" }));
  const list = useQuery(trpc.models.list.queryOptions());
  const others = list.data?.models.filter((other) => other.modelId !== modelId) ?? [];
  const chosen = others.find((other) => other.modelId === withId)?.modelId ?? null;
  if (list.data && others.length === 0) return null;
  return (
    <Card id="compare" title={t("compare")}>
      <Select
        label={t("compareWith")}
        placeholder={t("compareChoose")}
        data={others.map((other) => ({
          value: String(other.modelId),
          label: `${t("model", { id: String(other.modelId) })}${other.modelId === alias.modelId ? ` · ${t("status.active")}` : ""}`,
        }))}
        value={chosen === null ? null : String(chosen)}
        onChange={(value) => void setWithId(value === null ? null : Number(value))}
        clearable
        maw={320}
      />
      {chosen !== null && <Beside modelId={modelId} withId={chosen} />}
    </Card>
  );
}

function Beside({ modelId, withId }: { modelId: number; withId: number }) {
  const t = useTranslations("models");
  const trpc = useTRPC();
  const query = useQuery(trpc.models.compare.queryOptions({ modelId, withId }));
  if (query.isPending) return <Skeleton height={200} mt="md" radius="md" role="status" aria-label={t("loading")} />;
  if (query.isError)
    return <Problem error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  const { data } = query;
  return (
    <>
      <Worth comparison={data} />
      {!data.sameLeads && <p className={shell.warn}>{t("otherLeads")}</p>}
      <Differing title={t("making.snapshot")} rows={data.snapshot} comparison={data} />
      <Differing title={t("making.parameters")} rows={data.parameters} comparison={data} />
      <Differing title={t("making.libraries")} rows={data.libraries} comparison={data} />
    </>
  );
}

const compared = [...figureNames, "recall", "dealError"] as const;

function Worth({ comparison: { one, other } }: { comparison: Comparison }) {
  const t = useTranslations("models");
  const estimates = useEstimates();
  const cell = (side: Comparison["one"], name: (typeof compared)[number]) =>
    side.figures ? (
      <>
        {estimates.value(name, side.figures[name])}
        <small>{estimates.interval(name, side.figures[name])}</small>
      </>
    ) : (
      t("unknown")
    );
  return (
    <table className={classes.table}>
      <Columns one={one.modelId} other={other.modelId} />
      <tbody>
        {compared.map((name) => (
          <tr key={name}>
            <th scope="row">{t(`figure.${name}`)}</th>
            <td>{cell(one, name)}</td>
            <td>{cell(other, name)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Differing(props: { title: string; rows: Comparison["parameters"]; comparison: Comparison }) {
  const t = useTranslations("models");
  const { one, other } = props.comparison;
  return (
    <>
      <h3 className={classes.subheading}>{props.title}</h3>
      {props.rows.length === 0 && <p className={classes.meta}>{t("same")}</p>}
      {props.rows.length > 0 && (
        <table className={classes.table}>
          <Columns one={one.modelId} other={other.modelId} />
          <tbody>
            {props.rows.map((row) => (
              <tr key={row.place}>
                <th scope="row">{row.place}</th>
                <td>{row.one ?? "—"}</td>
                <td>{row.other ?? "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Columns({ one, other }: { one: number; other: number }) {
  const t = useTranslations("models");
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className={classes.hidden}>{t("what")}</span>
        </th>
        <th scope="col">{t("model", { id: String(one) })}</th>
        <th scope="col">{t("model", { id: String(other) })}</th>
      </tr>
    </thead>
  );
}
