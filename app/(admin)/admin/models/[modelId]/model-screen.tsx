"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { Problem } from "../../../../_ui/problem.tsx";
import { useTRPC } from "../../../../trpc/client.tsx";
import shell from "../../../admin-page.module.css";
import { BackLink } from "../../../back-link.tsx";
import { FigureRow } from "../figure-row.tsx";
import { ModelState } from "../model-state.tsx";
import classes from "../models.module.css";
import { RollBack } from "../roll-back.tsx";
import { useModelWords } from "../use-model-words.ts";
import { CompareCard } from "./compare-card.tsx";
import { MadeCard } from "./made-card.tsx";
import { Promote } from "./promote.tsx";
import { PromotionsCard } from "./promotions-card.tsx";
import { ShadowCard } from "./shadow-card.tsx";

type Model = RouterOutputs["models"]["show"];

/** One version: what it is worth, what speaks against it, what it was made of, when it answered. */
export function ModelScreen({ modelId }: { modelId: number }) {
  const t = useTranslations("models");
  const trpc = useTRPC();
  const query = useQuery(trpc.models.show.queryOptions({ modelId }));
  return (
    <div className={shell.page}>
      <BackLink href="/admin/models">{t("back")}</BackLink>
      <div className={shell.head}>
        <h1 className={shell.title}>{t("model", { id: String(modelId) })}</h1>
        {query.data && <ModelState status={query.data.status} />}
      </div>
      {query.isPending && <Skeleton height={320} radius="md" role="status" aria-label={t("loading")} />}
      {query.isError && (
        <Problem error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      )}
      {query.data && <About model={query.data} />}
    </div>
  );
}

function About({ model }: { model: Model }) {
  const t = useTranslations("models");
  const words = useModelWords();
  const active = model.alias.modelId === model.modelId;
  return (
    <>
      <p className={classes.meta}>{[words.learned(model), words.made(model)].join(" · ")}</p>
      <div className={classes.deeds}>
        {model.mayPromote && !active && <Promote model={model} />}
        {model.mayPromote && active && <RollBack alias={model.alias} />}
        {model.figures && (
          <Button
            component="a"
            href={`/api/models/${model.modelId}/report`}
            target="_blank"
            rel="noopener"
            variant="default"
            rightSection={<IconExternalLink size={16} stroke={1.8} aria-hidden />}
          >
            {t("report")}
          </Button>
        )}
      </div>
      <div className={shell.cards}>
        <Card id="worth" title={t("worth")}>
          {model.figures ? (
            <>
              <FigureRow figures={model.figures} />
              <p className={classes.meta}>{t("testedOn", { count: model.figures.testLeads })}</p>
            </>
          ) : (
            <p className={shell.warn}>{t("otherBuild")}</p>
          )}
          <p className={classes.meta}>{words.threshold(model)}</p>
        </Card>
        {model.verdict && <Gate verdict={model.verdict} active={active} />}
        <ShadowCard modelId={model.modelId} />
        <CompareCard model={model} />
        <PromotionsCard promotions={model.promotions} />
        <MadeCard model={model} />
      </div>
    </>
  );
}

function Gate({ verdict, active }: { verdict: NonNullable<Model["verdict"]>; active: boolean }) {
  const t = useTranslations("models");
  return (
    <Card id="gate" title={verdict.ok ? t("gateOkTitle") : t("gateRefusedTitle")} isGood={verdict.ok}>
      {verdict.ok ? (
        <p className={classes.say}>{active ? t("gateOkActive") : t("gateOkMore")}</p>
      ) : (
        <ul className={classes.reasonList}>
          {verdict.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}
