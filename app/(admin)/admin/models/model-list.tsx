"use client";

import { Skeleton } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Hollow } from "../../../_ui/hollow.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import shell from "../../admin-page.module.css";
import { FigureRow } from "./figure-row.tsx";
import { ModelState } from "./model-state.tsx";
import classes from "./models.module.css";
import { RollBack } from "./roll-back.tsx";
import { useModelWords } from "./use-model-words.ts";

type Model = RouterOutputs["models"]["list"]["models"][number];

/** Every version there is, newest first: what it learned from, what it is worth, and whether it may go live. */
export function ModelList() {
  const t = useTranslations("models");
  const trpc = useTRPC();
  const list = useQuery(trpc.models.list.queryOptions());
  return (
    <div className={shell.page}>
      <div className={shell.head}>
        <h1 className={shell.title}>{t("title")}</h1>
        {list.data?.mayPromote && <RollBack alias={list.data.alias} />}
      </div>
      <p className={shell.about}>{t("about")}</p>
      {list.isPending && <Skeleton height={220} radius="md" role="status" aria-label={t("loading")} />}
      {list.isError && <Problem error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />}
      {list.data?.models.length === 0 && <Hollow icon={IconStack2} title={t("none")} text={t("noneMore")} />}
      {list.data && list.data.models.length > 0 && list.data.alias.modelId === null && (
        <p className={shell.warn}>{t("noneActive")}</p>
      )}
      {list.data && list.data.models.length > 0 && (
        <ol className={classes.list}>
          {list.data.models.map((model) => (
            <li key={model.modelId} className={classes.card} data-active={model.status === "active" || undefined}>
              <Row model={model} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Row({ model }: { model: Model }) {
  const t = useTranslations("models");
  const words = useModelWords();
  const { modelId, verdict } = model;
  return (
    <>
      <div className={classes.rowHead}>
        <Link href={`/admin/models/${modelId}`} className={classes.name} prefetch={false}>
          {t("model", { id: String(modelId) })}
        </Link>
        <ModelState status={model.status} />
        {verdict && (
          <span className={classes.gate} data-ok={verdict.ok}>
            {verdict.ok ? t("gateOk") : t("gateRefused", { count: verdict.reasons.length })}
          </span>
        )}
      </div>
      <p className={classes.meta}>{[words.learned(model), words.made(model)].join(" · ")}</p>
      {model.figures ? <FigureRow figures={model.figures} /> : <p className={shell.warn}>{t("otherBuild")}</p>}
      <p className={classes.meta}>{words.threshold(model)}</p>
      {verdict && !verdict.ok && (
        <details className={classes.reasons}>
          <summary>{t("whyRefused")}</summary>
          <ul>
            {verdict.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
