"use client";

import { Skeleton } from "@mantine/core";
import { IconClipboardCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Hollow } from "../../../_ui/hollow.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import rows from "../../../_ui/row-link.module.css";
import { RowLink } from "../../../_ui/row-link.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { OpenPilot } from "./open-pilot.tsx";
import classes from "./pilot.module.css";
import { PilotState } from "./pilot-state.tsx";
import { RuleNote } from "./rule-note.tsx";
import { useWeekWords } from "./use-week-words.ts";

/** Every pilot there was, what all weeks come to, and a way to open the next. */
export function PilotList() {
  const t = useTranslations("pilot");
  const trpc = useTRPC();
  const figures = useFigures();
  const list = useQuery(trpc.pilot.list.queryOptions());
  const all = list.data?.find(({ cumulative }) => cumulative !== null)?.cumulative;
  return (
    <div className={page.page}>
      <h1 className={page.title}>{t("title")}</h1>
      <p className={page.about}>{t("about")}</p>
      <OpenPilot />
      {list.isPending && <Skeleton height={180} radius="md" role="status" aria-label={t("loading")} />}
      {list.isError && <Problem error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />}
      {list.data?.length === 0 && <Hollow icon={IconClipboardCheck} title={t("none")} text={t("noneMore")} />}
      {all && (
        <p className={classes.sum}>
          <strong>{t("allWeeks", { lossless: all.lossless, leads: String(all.leads) })}</strong>{" "}
          <span className={classes.soft}>
            {t("interval", { low: figures.percentOf(all.low, 1), high: figures.percentOf(all.high, 1) })}
          </span>
        </p>
      )}
      {list.data && list.data.length > 0 && (
        <ol className={rows.list}>
          {list.data.map((pilot) => (
            <li key={pilot.pilotId}>
              <Row pilot={pilot} />
            </li>
          ))}
        </ol>
      )}
      <RuleNote />
    </div>
  );
}

function Row({ pilot }: { pilot: RouterOutputs["pilot"]["list"][number] }) {
  const t = useTranslations("pilot");
  const weekWords = useWeekWords();
  const { verdict } = pilot;
  return (
    <RowLink
      href={`/admin/pilot/${pilot.pilotId}`}
      name={weekWords(pilot.weekOn)}
      about={[
        t("model", { id: String(pilot.modelId) }),
        verdict
          ? t("lossless", { lossless: verdict.lossless, leads: String(verdict.leads) })
          : t("leadsDone", { done: String(pilot.leadsDone), leads: String(pilot.leads) }),
        pilot.abandonReason,
      ]}
    >
      <PilotState pilot={pilot} />
    </RowLink>
  );
}
