"use client";

import { Button, Modal, Skeleton, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Problem } from "../../../../_ui/problem.tsx";
import { readProblem } from "../../../../_ui/read-problem.ts";
import rows from "../../../../_ui/row-link.module.css";
import { RowLink } from "../../../../_ui/row-link.tsx";
import { StateTag } from "../../../../_ui/state-tag.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import { useTRPC } from "../../../../trpc/client.tsx";
import page from "../../../admin-page.module.css";
import { BackLink } from "../../../back-link.tsx";
import classes from "../pilot.module.css";
import { PilotState } from "../pilot-state.tsx";
import { RuleNote } from "../rule-note.tsx";
import { useWeekWords } from "../use-week-words.ts";
import { VerdictCard } from "./verdict-card.tsx";

type Pilot = RouterOutputs["pilot"]["show"];

/** One pilot: how far its review is, then what it came to. */
export function PilotScreen({ pilotId, mayDecide }: { pilotId: string; mayDecide: boolean }) {
  const t = useTranslations("pilot");
  const trpc = useTRPC();
  const query = useQuery(trpc.pilot.show.queryOptions({ pilotId }));
  const weekWords = useWeekWords();
  if (query.isPending)
    return (
      <div className={page.page} role="status" aria-label={t("loading")}>
        <h1 className={page.title}>{t("one")}</h1>
        <Skeleton height={320} radius="md" mt="md" />
      </div>
    );
  if (query.isError)
    return (
      <div className={page.page}>
        <h1 className={page.title}>{t("one")}</h1>
        <Problem error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      </div>
    );
  const pilot = query.data;
  return (
    <div className={page.page}>
      <BackLink href="/admin/pilot">{t("back")}</BackLink>
      <div className={page.head}>
        <h1 className={page.title}>{weekWords(pilot.weekOn)}</h1>
        <PilotState pilot={pilot} />
      </div>
      <Meta pilot={pilot} />
      {pilot.weekOn <= pilot.modelAsOf && <p className={page.warn}>{t("seenWeek")}</p>}
      {pilot.abandonReason !== null && <p className={page.warn}>{t("abandoned", { reason: pilot.abandonReason })}</p>}
      {pilot.verdict && <VerdictCard verdict={pilot.verdict} cumulative={pilot.cumulative} />}
      <Deeds pilot={pilot} mayDecide={mayDecide} />
      <ol className={rows.list}>
        {pilot.leads.map((lead) => (
          <li key={lead.place}>
            <LeadLine pilotId={pilotId} lead={lead} />
          </li>
        ))}
      </ol>
      <RuleNote />
    </div>
  );
}

function Meta({ pilot }: { pilot: Pilot }) {
  const t = useTranslations("pilot");
  const figures = useFigures();
  return (
    <p className={classes.meta}>
      {t("drawn", {
        model: String(pilot.modelId),
        day: figures.day(pilot.modelAsOf),
        threshold: figures.hundredth(pilot.threshold),
        n: Number(pilot.thresholdBasis.n ?? 0),
        leads: pilot.leads.length,
        pool: String(pilot.pool),
        seed: String(pilot.seed),
      })}
    </p>
  );
}

function LeadLine({ pilotId, lead }: { pilotId: string; lead: Pilot["leads"][number] }) {
  const t = useTranslations("pilot");
  const leads = useTranslations("leads");
  const figures = useFigures();
  return (
    <RowLink
      href={`/admin/pilot/${pilotId}/${lead.place}`}
      name={`${lead.place}. ${lead.brand ?? leads("noBrand")}`}
      about={[leads("numbered", { id: lead.leadId }), lead.trades.join(", "), figures.day(lead.asOf)]}
    >
      {lead.lost !== null ? (
        <StateTag tone={lead.lost === 0 ? "good" : "bad"}>
          {lead.lost === 0 ? t("lostNothing") : t("lostSome", { count: lead.lost })}
        </StateTag>
      ) : (
        <StateTag tone={lead.answered === lead.total ? "good" : undefined}>
          {lead.closedBy
            ? t(`closed.${lead.closedBy}`)
            : t("progress", { done: lead.answered, total: String(lead.total) })}
        </StateTag>
      )}
    </RowLink>
  );
}

function Deeds({ pilot, mayDecide }: { pilot: Pilot; mayDecide: boolean }) {
  const t = useTranslations("pilot");
  const problem = useTranslations("problem");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [giving, setGiving] = useState<"verdict" | "up" | null>(null);
  const [reason, setReason] = useState("");
  const onError = (error: unknown) => {
    const { offline, message } = readProblem(error);
    notifications.show({ color: "red", message: offline ? problem("offline") : message });
  };
  const onEnd = () => {
    setGiving(null);
    return queries.invalidateQueries({ queryKey: trpc.pilot.pathKey() });
  };
  const decide = useMutation(
    trpc.pilot.decide.mutationOptions({
      onError,
      onSuccess: ({ recalibrations }) => {
        for (const one of recalibrations ?? [])
          if (one.changed)
            notifications.show({ message: t("thresholdMoved", { model: String(one.modelId), n: one.reviewed }) });
        if (recalibrations === null) notifications.show({ color: "red", message: t("thresholdStuck") });
        return onEnd();
      },
    }),
  );
  const abandon = useMutation(trpc.pilot.abandon.mutationOptions({ onError, onSuccess: onEnd }));
  const open = pilot.status === "open";
  const next = pilot.leads.find(({ answered, total, closedBy }) => answered < total && closedBy === null);
  const missing = pilot.leads.reduce((sum, { answered, total }) => sum + total - answered, 0);
  return (
    <div className={classes.deeds}>
      {open && next && (
        <Link href={`/admin/pilot/${pilot.pilotId}/${next.place}`} className="plain">
          <Button component="span">{missing === sumOf(pilot) ? t("begin") : t("goOn")}</Button>
        </Link>
      )}
      {open && mayDecide && (
        <Button variant={next ? "default" : "filled"} disabled={missing > 0} onClick={() => setGiving("verdict")}>
          {missing > 0 ? t("verdictWaits", { count: missing }) : t("giveVerdict")}
        </Button>
      )}
      {!open && (
        <Button
          component="a"
          href={`/api/pilots/${pilot.pilotId}/export`}
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.8} aria-hidden />}
        >
          {t("export")}
        </Button>
      )}
      {open && mayDecide && (
        <Button variant="subtle" color="gray" onClick={() => setGiving("up")}>
          {t("giveUp")}
        </Button>
      )}
      <Modal opened={giving === "verdict"} onClose={() => setGiving(null)} title={t("giveVerdict")} centered>
        <p className={page.soft}>{t("verdictMore")}</p>
        <Button loading={decide.isPending} onClick={() => decide.mutate({ pilotId: pilot.pilotId })}>
          {t("sign")}
        </Button>
      </Modal>
      <Modal opened={giving === "up"} onClose={() => setGiving(null)} title={t("giveUp")} centered>
        <p className={page.soft}>{t("giveUpMore")}</p>
        <Textarea
          label={t("giveUpReason")}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
          mb="md"
        />
        <Button
          color="red"
          disabled={reason.trim().length < 5}
          loading={abandon.isPending}
          onClick={() => abandon.mutate({ pilotId: pilot.pilotId, reason })}
        >
          {t("giveUp")}
        </Button>
      </Modal>
    </div>
  );
}

function sumOf({ leads }: Pilot): number {
  return leads.reduce((sum, { total }) => sum + total, 0);
}
