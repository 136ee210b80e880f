"use client";

import { Button, Table } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import page from "../../admin-page.module.css";
import classes from "./marks.module.css";
import { marksAddress } from "./marks-address.ts";

type Report = RouterOutputs["feedback"]["outliers"];

/** So many quiet days are shown beside those that stand out. */
const QUIET = 5;

/** Managers' days, those that stand out first; a day leads to its marks. */
export function OutlierDays({ report: { days, floods } }: { report: Report }) {
  const t = useTranslations("marks");
  const reports = useTranslations("reports");
  const figures = useFigures();
  const [all, setAll] = useState(false);
  const standing = days.filter(({ outliers }) => outliers.length > 0).length;
  const shown = all ? days : days.slice(0, standing + QUIET);
  return (
    <Card id="outliers" title={t("outliers")}>
      {days.length === 0 ? (
        <p className={page.soft}>{t("outliersEmpty")}</p>
      ) : (
        <>
          <p className={classes.what}>{standing + floods.length === 0 ? t("outliersNone") : t("outliersWhat")}</p>
          {floods.length > 0 && (
            <div className={classes.floods}>
              <h3 className={classes.floodTitle}>{t("flood")}</h3>
              <ul>
                {floods.map(({ managerId, managerName: name, where, marks, counted }) => (
                  <li key={`${managerId} ${"leadId" in where ? where.leadId : where.day}`}>
                    {"leadId" in where
                      ? t("floodLead", { name, id: where.leadId, marks, counted })
                      : t("floodDay", { name, day: figures.day(where.day), marks, counted })}
                  </li>
                ))}
              </ul>
            </div>
          )}
          <WideTable label={`${t("outliers")}: ${reports("asTable")}`}>
            <Table miw={620} verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("manager")}</Table.Th>
                  <Table.Th>{t("day")}</Table.Th>
                  <Table.Th ta="right">{t("count")}</Table.Th>
                  <Table.Th ta="right">{t("judged")}</Table.Th>
                  <Table.Th ta="right">{t("share")}</Table.Th>
                  <Table.Th>{t("why")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map((one) => (
                  <DayRow key={`${one.managerId} ${one.day}`} one={one} />
                ))}
              </Table.Tbody>
            </Table>
          </WideTable>
          {shown.length < days.length && (
            <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
              {t("showAll")}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}

function DayRow({ one }: { one: Report["days"][number] }) {
  const t = useTranslations("marks");
  const figures = useFigures();
  const [, setFilter] = useQueryStates(marksAddress);
  return (
    <Table.Tr data-out={one.outliers.length > 0 || undefined} className={classes.day}>
      <Table.Td>{one.managerName}</Table.Td>
      <Table.Td>
        <Button
          variant="subtle"
          size="compact-sm"
          ml={-8}
          onClick={() => {
            void setFilter({ manager: one.managerId, day: one.day, lead: "", kind: null, state: "all" });
            document.getElementById("all-marks")?.scrollIntoView({ block: "start" });
          }}
        >
          {figures.day(one.day)}
        </Button>
      </Table.Td>
      <Table.Td ta="right">{figures.whole(one.marks)}</Table.Td>
      <Table.Td ta="right">{one.judged > 0 ? figures.whole(one.judged) : "—"}</Table.Td>
      <Table.Td ta="right">
        {one.share === null ? (
          <span className={page.soft}>{t("shareUnknown")}</span>
        ) : (
          figures.percentOf(Math.min(one.marks, one.judged), one.judged)
        )}
      </Table.Td>
      <Table.Td className={classes.why}>{one.outliers.map((why) => t(`whyOf.${why}`)).join(", ")}</Table.Td>
    </Table.Tr>
  );
}
