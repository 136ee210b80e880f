"use client";

import { IconCircleCheck, IconPointFilled } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./overview.module.css";

type ToDo = RouterOutputs["reports"]["overview"]["toDo"][number];

/** Each of these stops the model from helping anybody, or may be doing harm now. */
const pressing: readonly ToDo["kind"][] = [
  "noData",
  "noModel",
  "importFailed",
  "trainingFailed",
  "drift",
  "negativeDeals",
];

export function ToDoCard({ toDo }: { toDo: readonly ToDo[] }) {
  const t = useTranslations("overview");
  const word = useWords();
  return (
    <Card id="to-do" title={t("toDo")}>
      {toDo.length === 0 ? (
        <p className={classes.allDone}>
          <IconCircleCheck size={18} aria-hidden />
          {t("nothingToDo")}
        </p>
      ) : (
        <ul className={classes.toDo}>
          {toDo.map((one) => (
            <li key={JSON.stringify(one)} data-pressing={pressing.includes(one.kind) || undefined}>
              <IconPointFilled size={16} aria-hidden />
              <Link href={hrefOf(one)}>{word(one)}</Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function hrefOf(one: ToDo): string {
  switch (one.kind) {
    case "noData":
    case "importFailed":
    case "importOld":
    case "importRefused":
      return "/admin/imports";
    case "noModel":
    case "trainingFailed":
    case "modelOld":
      return "/admin/trainings";
    case "candidateWaits":
      return `/admin/models/${one.modelId}`;
    case "drift":
      return "/admin/quality#drift";
    case "negativeDeals":
      return "/admin/quality?period=quarter#proxies";
    case "pilotOpen":
      return `/admin/pilot/${one.pilotId}`;
    case "pilotDue":
      return "/admin/pilot";
    case "outlierMarks":
      return "/admin/marks";
  }
}

function useWords() {
  const t = useTranslations("overview.toDoOf");
  const fields = useTranslations("quality.fields");
  const figures = useFigures();
  return (one: ToDo): string => {
    switch (one.kind) {
      case "candidateWaits":
        return t(one.kind, { id: one.modelId });
      case "importOld":
        return t(one.kind, { days: one.days });
      case "importRefused":
      case "negativeDeals":
        return t(one.kind, { share: figures.share(one.share) });
      case "drift":
        return t(one.kind, {
          fields: one.fields.map((field) => fields(field as Parameters<typeof fields>[0])).join(", "),
        });
      case "pilotOpen":
        return t(one.kind, { done: one.leadsDone, leads: one.leads });
      case "pilotDue":
        return t(one.kind, { day: figures.day(one.weekOn) });
      case "outlierMarks":
        return t(one.kind, { days: one.days });
      default:
        return t(one.kind);
    }
  };
}
