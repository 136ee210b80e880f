"use client";

import { Table } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import page from "../../admin-page.module.css";
import classes from "./quality.module.css";

/** Do leads come as those that the model learned from? */
export function DriftCard({ latest, emptyGrowthMax }: RouterOutputs["reports"]["inputDrift"]) {
  const t = useTranslations("quality");
  const reports = useTranslations("reports");
  const fieldName = useTranslations("quality.fields");
  const figures = useFigures();
  if (!latest)
    return (
      <Card id="drift" title={t("drift")}>
        <p className={page.soft}>{t("driftNone")}</p>
      </Card>
    );
  const name = (field: string) => fieldName(field as Parameters<typeof fieldName>[0]);
  const out = latest.fields.filter(({ crossed }) => crossed.length > 0);
  const emptyShare = ({ n, empty }: { n: number; empty: number }) =>
    n === 0 ? "—" : `${figures.share(empty / n)} (${t("outOf", { hits: figures.whole(empty), of: figures.whole(n) })})`;
  return (
    <Card
      id="drift"
      title={t("drift")}
      aside={<span className={page.soft}>{t("lookedAt", { at: figures.moment(latest.at) })}</span>}
    >
      <p className={out.length > 0 ? classes.alarm : page.soft} role={out.length > 0 ? "status" : undefined}>
        {out.length > 0 && <IconAlertTriangle size={18} aria-hidden />}
        {out.length > 0
          ? t("driftOut", { n: out.length, fields: out.map(({ field }) => name(field)).join(", ") })
          : t("driftCalm")}
      </p>
      <WideTable label={`${t("drift")}: ${reports("asTable")}`}>
        <Table miw={560} mb="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("field")}</Table.Th>
              <Table.Th>{t("emptyThen")}</Table.Th>
              <Table.Th>{t("emptyNow")}</Table.Th>
              <Table.Th>{t("psi")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {latest.fields.map((one) => (
              <Table.Tr key={one.field}>
                <Table.Th scope="row">{name(one.field)}</Table.Th>
                <Table.Td>{emptyShare(one.reference)}</Table.Td>
                <Table.Td className={one.crossed.includes("empty") ? classes.crossed : undefined}>
                  {emptyShare(one.recent)}
                  {one.crossed.includes("empty") && ` · ${t("crossedEmpty")}`}
                </Table.Td>
                <Table.Td className={one.crossed.includes("values") ? classes.crossed : undefined}>
                  {one.psi === null
                    ? t("tooFew")
                    : t("psiOf", { psi: figures.hundredth(one.psi), bound: figures.hundredth(one.psiBound) })}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      <p className={page.soft}>
        {t("driftCounted", {
          from: figures.day(latest.recentFromOn),
          to: figures.day(latest.recentToOn),
          referenceFrom: figures.day(latest.referenceFromOn),
          referenceTo: figures.day(latest.referenceToOn),
          id: latest.modelId,
          growth: figures.share(emptyGrowthMax),
        })}
      </p>
    </Card>
  );
}
