"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../../_ui/use-figures.ts";
import { PanelPart } from "./panel-part.tsx";
import classes from "./premises-around.module.css";

type Description = RouterOutputs["premises"]["describe"];

/** So many rows are shown at once; the rest is one press away. */
const shown = 5;

/** What is known around and behind a premises: who rents beside it, what similar ones paid, what happened to it. */
export function PremisesAround({ described, asOf }: { described: Description; asOf: string }) {
  const t = useTranslations("around");
  const figures = useFigures();
  const { neighbours, similarLeases, history } = described;
  const asOfWords = t("asOf", { day: figures.day(asOf) });
  return (
    <>
      <PanelPart title={t("similar")} source={asOfWords}>
        <FewFirst
          rows={similarLeases.toSorted((a, b) => (a.startOn < b.startOn ? 1 : -1))}
          none={t("similarNone")}
          keyOf={(lease) => lease.leaseId}
          row={(lease) => (
            <>
              <span className={classes.what}>
                {lease.premisesName}
                {lease.tenant !== null && <span className={classes.soft}> · {lease.tenant}</span>}
              </span>
              <span className={classes.sum}>
                {t("perSqm", { value: figures.rub(lease.rentRubMonth / lease.areaSqm) })}
              </span>
              <span className={classes.soft}>
                {figures.day(lease.startOn)} · {figures.area(lease.areaSqm)} · {figures.rub(lease.rentRubMonth)}
              </span>
            </>
          )}
        />
      </PanelPart>
      <PanelPart title={t("neighbours")} source={asOfWords}>
        <FewFirst
          rows={neighbours}
          none={t("neighboursNone")}
          keyOf={(neighbour) => neighbour.premisesId}
          row={(neighbour) => (
            <>
              <span className={classes.what}>
                {neighbour.tenant ?? t("tenantUnknown")}
                {neighbour.trades.length > 0 && <span className={classes.soft}> · {neighbour.trades.join(", ")}</span>}
              </span>
              <span className={classes.sum}>{neighbour.areaSqm === null ? "" : figures.area(neighbour.areaSqm)}</span>
              <span className={classes.soft}>
                {neighbour.premisesName} · {t("since", { day: figures.day(neighbour.sinceOn) })}
              </span>
            </>
          )}
        />
      </PanelPart>
      <PanelPart title={t("history")} source={asOfWords}>
        <FewFirst
          rows={history}
          none={t("historyNone")}
          keyOf={(event, i) => `${event.kind} ${event.on} ${i}`}
          row={(event) => <HistoryEvent event={event} />}
        />
      </PanelPart>
    </>
  );
}

function HistoryEvent({ event }: { event: Description["history"][number] }) {
  const t = useTranslations("around");
  const leads = useTranslations("leads");
  const figures = useFigures();
  if (event.kind === "offer") {
    return (
      <>
        <span className={classes.what}>
          {t(`offerOf.${event.outcome}`)}
          {event.lead && (
            <>
              {" · "}
              <Link href={`/leads/${encodeURIComponent(event.lead.leadId)}`} className={classes.link}>
                {event.lead.brand ?? `${leads("noBrand")} ${leads("numbered", { id: event.lead.leadId })}`}
              </Link>
            </>
          )}
        </span>
        <span className={classes.sum}>{figures.day(event.on)}</span>
        <span className={classes.soft}>
          {[event.managerName, event.refusalReason].filter(Boolean).join(" · ") || t("noDetails")}
        </span>
      </>
    );
  }
  const span = event.toOn
    ? `${figures.day(event.on)} – ${figures.day(event.toOn)}`
    : t("since", { day: figures.day(event.on) });
  return (
    <>
      <span className={classes.what}>
        {event.kind === "vacancy" ? t("vacant") : t("leased")}
        {event.kind === "lease" && event.tenant !== null && <span className={classes.soft}> · {event.tenant}</span>}
      </span>
      <span className={classes.sum}>
        {event.rentRubMonth === null ? t("rentUnknown") : figures.rub(event.rentRubMonth)}
      </span>
      <span className={classes.soft}>{span}</span>
    </>
  );
}

function FewFirst<Row>(props: {
  rows: readonly Row[];
  none: string;
  keyOf: (row: Row, index: number) => string;
  row: (row: Row) => ReactNode;
}) {
  const t = useTranslations("around");
  const { rows, keyOf } = props;
  if (rows.length === 0) return <p className={classes.none}>{props.none}</p>;
  const list = (part: readonly Row[], from: number) => (
    <ul className={classes.list}>
      {part.map((row, i) => (
        <li key={keyOf(row, from + i)} className={classes.row}>
          {props.row(row)}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {list(rows.slice(0, shown), 0)}
      {rows.length > shown && (
        <details className={classes.more}>
          <summary>{t("more", { count: rows.length - shown })}</summary>
          {list(rows.slice(shown), shown)}
        </details>
      )}
    </>
  );
}
