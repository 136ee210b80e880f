"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import classes from "./trainings.module.css";

const ASK_MS = 2000;

/** What a training has told so far; while it moves, the newest line stays in sight. */
export function TrainingLog({ trainingId, moving = false }: { trainingId: number; moving?: boolean }) {
  const t = useTranslations("trainings");
  const locale = useLocale();
  const trpc = useTRPC();
  const log = useQuery({
    ...trpc.trainings.log.queryOptions({ trainingId }),
    staleTime: 0,
    refetchInterval: moving ? ASK_MS : false,
  });
  const box = useRef<HTMLOListElement>(null);
  const lines = log.data?.length ?? 0;

  useEffect(() => {
    if (moving && lines > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [moving, lines]);

  if (log.isPending) return <Skeleton height={96} radius="md" aria-hidden />;
  if (!log.data) return <Problem error={log.error} onRetry={() => void log.refetch()} retrying={log.isFetching} />;
  if (lines === 0) return <p className={page.soft}>{t("logEmpty")}</p>;
  const time = new Intl.DateTimeFormat(locale, { timeZone: "Asia/Novosibirsk", timeStyle: "medium" });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <ol ref={box} className={classes.log} aria-label={t("showLog", { id: String(trainingId) })} tabIndex={0}>
      {log.data.map(({ lineId, text, at }) => (
        <li key={lineId}>
          <time dateTime={at.toISOString()}>{time.format(at)}</time>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
