"use client";

import { Alert, Button, Skeleton } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { Problem } from "../../../../_ui/problem.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import { useTRPC } from "../../../../trpc/client.tsx";
import shell from "../../../admin-page.module.css";
import classes from "../models.module.css";
import { useModelWords } from "../use-model-words.ts";
import own from "./shadow-card.module.css";
import { ShadowExamples } from "./shadow-examples.tsx";
import { ShadowSegments } from "./shadow-segments.tsx";
import { useShadowDeeds } from "./use-shadow-deeds.ts";

type View = RouterOutputs["shadow"]["show"];
type Findings = NonNullable<View["findings"]>;

/** How often what runs is asked after, in ms. */
const ASK_MS = 3000;

/** Where a candidate would answer otherwise than the active model, found on live requests; the way to begin and to end that. */
export function ShadowCard({ modelId }: { modelId: number }) {
  const t = useTranslations("shadow");
  const trpc = useTRPC();
  const show = useQuery({
    ...trpc.shadow.show.queryOptions({ modelId }),
    refetchInterval: ({ state }) => (state.data?.findings?.ending === null ? ASK_MS : false),
  });
  const { data } = show;
  // A version that has answered managers needs no shadow any more.
  if (data && !data.eligible && !data.findings) return null;
  return (
    <Card id="shadow" title={t("title")} aside={data && <Deed view={data} modelId={modelId} />}>
      {show.isPending && <Skeleton height={96} radius="md" role="status" aria-label={t("loading")} />}
      {!data && show.isError && (
        <Problem error={show.error} onRetry={() => void show.refetch()} retrying={show.isFetching} />
      )}
      {data?.findings ? <Found view={data} findings={data.findings} /> : data && <Never view={data} />}
    </Card>
  );
}

function Deed({ view, modelId }: { view: View; modelId: number }) {
  const t = useTranslations("shadow");
  const deeds = useShadowDeeds();
  const { findings } = view;
  if (!view.mayShadow) return null;
  if (findings?.ending === null)
    return (
      <Button variant="default" size="xs" loading={deeds.pending} onClick={() => deeds.stop(findings.shadowId)}>
        {t("stop")}
      </Button>
    );
  if (!view.eligible || view.runningModelId !== null) return null;
  return (
    <Button variant="light" size="xs" loading={deeds.pending} onClick={() => deeds.start(modelId)}>
      {findings ? t("startAgain") : t("start")}
    </Button>
  );
}

function Never({ view: { mayShadow, runningModelId } }: { view: View }) {
  const t = useTranslations("shadow");
  return (
    <>
      <p className={classes.say}>{t("about")}</p>
      {runningModelId !== null && <Occupied by={runningModelId} />}
      {runningModelId === null && !mayShadow && <p className={classes.meta}>{t("byAdmin")}</p>}
    </>
  );
}

function Occupied({ by }: { by: number }) {
  const t = useTranslations("shadow");
  return (
    <p className={classes.meta}>
      {t.rich("occupied", { id: String(by), link: (words) => <Link href={`/admin/models/${by}`}>{words}</Link> })}
    </p>
  );
}

function Found({ view, findings }: { view: View; findings: Findings }) {
  const t = useTranslations("shadow");
  const { totals, ending } = findings;
  const runs = ending === null;
  return (
    <>
      <Span findings={findings} />
      {!runs && view.runningModelId !== null && <Occupied by={view.runningModelId} />}
      {runs && !view.workerRuns && (
        <Alert color="orange" icon={<IconPlugConnectedX size={18} />} title={t("noWorker")} my="sm">
          {t("noWorkerMore")}
        </Alert>
      )}
      {totals.failed > 0 && (
        <div className={shell.warn} role="status">
          {t("failed", { count: totals.failed })}
          <span className={own.failure}>{totals.lastFailure}</span>
        </div>
      )}
      {totals.scored === 0 ? (
        <p className={own.empty}>{runs ? t("emptyRuns") : t("emptyOver")}</p>
      ) : (
        <Totals totals={totals} />
      )}
      <LeftOut findings={findings} />
      {totals.leads > 0 && <ShadowSegments banks={findings.banks} trades={findings.trades} />}
      {totals.leads > 0 && <ShadowExamples examples={findings.examples} />}
    </>
  );
}

function Span({
  findings: { againstModelId, startedAt, startedBy, startedByName, ending, endedAt },
}: {
  findings: Findings;
}) {
  const t = useTranslations("shadow");
  const figures = useFigures();
  const { who } = useModelWords();
  const from = figures.moment(startedAt);
  return (
    <p className={classes.meta}>
      {[
        endedAt ? t("wasOn", { from, to: figures.moment(endedAt) }) : t("isOn", { from }),
        t("against", { id: String(againstModelId) }),
        who(startedBy, startedByName),
        ...(ending ? [t(`ending.${ending}`)] : []),
      ].join(" · ")}
    </p>
  );
}

function Totals({ totals }: { totals: Findings["totals"] }) {
  const t = useTranslations("shadow");
  const figures = useFigures();
  const { leads, changedLeads } = totals;
  const signed = (sign: string, count: number) => (count === 0 ? "0" : sign + figures.whole(count));
  const shown = [
    { name: "requests", value: figures.whole(totals.scored), more: t("ofLeads", { count: leads }) },
    {
      name: "changed",
      value: leads === 0 ? "—" : figures.percentOf(changedLeads, leads),
      more: t("changedOf", { count: changedLeads, leads }),
    },
    { name: "restored", value: signed("+", totals.restored), more: t("perLeads") },
    {
      name: "removed",
      value: signed("−", totals.removed),
      more: t("keptWas", { was: figures.whole(totals.keptByActive), is: figures.whole(totals.keptByCandidate) }),
    },
  ] as const;
  return (
    <dl className={classes.figures}>
      {shown.map(({ name, value, more }) => (
        <div key={name}>
          <dt>{t(`total.${name}`)}</dt>
          <dd className={classes.value}>{value}</dd>
          <dd className={classes.interval}>{more}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Nothing is lost silently: what waits and what was not scored, by cause. */
function LeftOut({ findings: { totals, waiting, ending } }: { findings: Findings }) {
  const t = useTranslations("shadow");
  const figures = useFigures();
  const said = [
    waiting > 0 && t(ending === null ? "waiting" : "unscored", { count: waiting }),
    totals.queueFull > 0 && t("leftOut.queueFull", { count: totals.queueFull }),
    totals.outdated > 0 && t("leftOut.outdated", { count: totals.outdated }),
    totals.otherModel > 0 && t("leftOut.otherModel", { count: totals.otherModel }),
    totals.p50Ms !== null &&
      totals.p95Ms !== null &&
      t("took", { p50: figures.whole(totals.p50Ms), p95: figures.whole(totals.p95Ms) }),
  ].filter((line) => line !== false);
  return said.length === 0 ? null : <p className={classes.meta}>{said.join(" ")}</p>;
}
