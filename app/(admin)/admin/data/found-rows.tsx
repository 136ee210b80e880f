"use client";

import { Button, Skeleton } from "@mantine/core";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { CopyButton } from "../../../_ui/copy-button.tsx";
import { MoreRows } from "../../../_ui/more-rows.tsx";
import { useTRPCClient } from "../../../trpc/client.tsx";
import classes from "./data.module.css";
import { MendTold, MendWish } from "./mend-wish.tsx";
import type { Check } from "./use-check-words.ts";
import { rowsKey, useMend } from "./use-mend.ts";
import { useSeenWords } from "./use-seen-words.ts";

type MendedElsewhere = Exclude<Check["check"], "oddWishedArea" | "oddBudget">;
type Page = RouterOutputs["data"]["found"];
type Row = Page["rows"][number];

const limit = 30;

/** The rows of a check: what is seen, where it leads, and how it is put right. */
export function FoundRows({ check, mayAnswer }: { check: Check; mayAnswer: boolean }) {
  const t = useTranslations("data");
  const client = useTRPCClient();
  const mend = useMend();
  const [editing, setEditing] = useState<string | null>(null);
  const list = useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: [rowsKey, "found", check.check],
      queryFn: ({ pageParam }) => client.data.found.query({ check: check.check, limit, cursor: pageParam }),
      initialPageParam: null as Page["nextCursor"],
      getNextPageParam: (last) => last.nextCursor,
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const { field, crmField } = check.mend;
  return (
    <>
      <p className={classes.how}>
        {field === null
          ? t(`mendElsewhere.${check.check as MendedElsewhere}`, { crmField })
          : t(mayAnswer ? "mendHere" : "mendByOthers", { crmField })}
      </p>
      <MendTold mend={mend} />
      <MoreRows
        list={list}
        waiting={<Skeleton height={240} radius="md" aria-hidden />}
        none={<p className={classes.counted}>{t("nothingFound")}</p>}
      >
        {rows.map((row) => (
          <FoundLine
            key={row.key}
            row={row}
            field={mayAnswer ? field : null}
            isEditing={editing === row.key}
            onEdit={(on) => setEditing(on ? row.key : null)}
            mend={mend}
          />
        ))}
      </MoreRows>
    </>
  );
}

function FoundLine(props: {
  row: Row;
  /** The wish that is put right here; null: it is not. */
  field: "area" | "budget" | null;
  isEditing: boolean;
  onEdit: (on: boolean) => void;
  mend: ReturnType<typeof useMend>;
}) {
  const { row, field } = props;
  const t = useTranslations("data");
  const wish = useTranslations("answer.field");
  const leads = useTranslations("leads");
  const seen = useSeenWords();
  const { name, ...rest } = row.seen;
  const main = row.dealId
    ? { id: row.dealId, words: t("deal", { id: row.dealId }), href: null }
    : row.leaseId
      ? { id: row.leaseId, words: t("lease", { id: row.leaseId }), href: null }
      : row.leadId
        ? { id: row.leadId, words: t("lead", { id: row.leadId }), href: leadHref(row.leadId) }
        : {
            id: row.premisesId!,
            words: `${name ?? t("premisesWord")} · ${leads("numbered", { id: row.premisesId! })}`,
            href: premisesHref(row.premisesId!),
          };
  return (
    <li className={classes.row} data-found={row.key}>
      <div className={classes.rowHead}>
        {main.href === null ? (
          <strong>{main.words}</strong>
        ) : (
          <Link className={classes.rowName} href={main.href} prefetch={false}>
            {main.words}
          </Link>
        )}
        {row.managerName && <span className={classes.basis}>{row.managerName}</span>}
      </div>
      <p className={classes.seen}>
        {seen(rest).map(({ key, name, value }) => (
          <span key={key}>
            {name} <strong>{value}</strong>
          </span>
        ))}
      </p>
      <div className={classes.tools}>
        {field !== null && row.leadId !== null && !props.isEditing && (
          <Button size="compact-sm" variant="default" onClick={() => props.onEdit(true)}>
            {t("correct")}
          </Button>
        )}
        <CopyButton text={main.id} label={t("copyId")} />
        {(row.dealId || row.leaseId) && row.leadId && (
          <Button size="compact-sm" variant="subtle" component={Link} href={leadHref(row.leadId)} prefetch={false}>
            {t("toLead")}
          </Button>
        )}
        {(row.dealId || row.leaseId) && row.premisesId && (
          <Button
            size="compact-sm"
            variant="subtle"
            component={Link}
            href={premisesHref(row.premisesId)}
            prefetch={false}
          >
            {t("toPremises")}
          </Button>
        )}
      </div>
      {props.isEditing && field !== null && row.leadId !== null && (
        <MendWish
          leadId={row.leadId}
          field={field}
          name={wish(field)}
          known={{
            areaFromSqm: figure(row.seen.areaFromSqm),
            areaToSqm: figure(row.seen.areaToSqm),
            budgetRubMonth: figure(row.seen.budgetRubMonth),
          }}
          mend={props.mend}
          onClose={() => props.onEdit(false)}
        />
      )}
    </li>
  );
}

function figure(value: string | number | null | undefined): number | null {
  return typeof value === "number" ? value : null;
}

const leadHref = (id: string) => `/leads/${encodeURIComponent(id)}`;
const premisesHref = (id: string) => `/premises/${encodeURIComponent(id)}`;
