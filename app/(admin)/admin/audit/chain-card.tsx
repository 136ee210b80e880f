"use client";

import { Button, Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLinkOff, IconShieldCheck, IconShieldQuestion } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { Card } from "../../../_ui/card.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import classes from "./audit.module.css";

type Check = NonNullable<RouterOutputs["audit"]["lastCheck"]>;

/** What the last walk along the chain found, and a button for another. */
export function ChainCard() {
  const t = useTranslations("admin.audit");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const last = useQuery(trpc.audit.lastCheck.queryOptions());
  const check = useMutation({
    ...trpc.audit.check.mutationOptions(),
    onSuccess: (found) => {
      queries.setQueryData(trpc.audit.lastCheck.queryKey(), found);
      announce(t(found.intact ? "checked" : "checkedBroken"));
    },
    onError: (error) => {
      const { offline, message } = readProblem(error);
      if (!offline) notifications.show({ color: "red", title: t("failed"), message });
      else notifications.show({ color: "red", message: t("failed") });
    },
  });
  return (
    <Card
      id="chain"
      title={t("chain")}
      aside={
        <Button variant="default" size="xs" loading={check.isPending} onClick={() => check.mutate()}>
          {t("check")}
        </Button>
      }
    >
      {last.isPending && <Skeleton height={48} radius="md" aria-hidden />}
      {last.isError && <Problem error={last.error} onRetry={() => void last.refetch()} retrying={last.isFetching} />}
      {last.isSuccess && <Outcome check={last.data} />}
      <p className={classes.what}>{t("chainWhat")}</p>
    </Card>
  );
}

function Outcome({ check }: { check: Check | null }) {
  const t = useTranslations("admin.audit");
  const figures = useFigures();
  if (!check)
    return (
      <p className={classes.outcome}>
        <IconShieldQuestion size={22} stroke={1.7} aria-hidden />
        <span className={page.soft}>{t("neverChecked")}</span>
      </p>
    );
  const { breach, head } = check;
  const Icon = breach ? IconLinkOff : IconShieldCheck;
  return (
    <div className={classes.outcome} data-broken={breach !== null || undefined} role={breach ? "alert" : undefined}>
      <Icon size={22} stroke={1.7} aria-hidden />
      <div>
        <p className={classes.verdict}>{t(breach ? "broken" : "whole")}</p>
        {breach && (
          <p className={classes.breach}>
            {t(`breach.${breach.kind}`, { place: String(breach.place ?? ""), id: String(breach.auditId ?? "") })}{" "}
            {t("breachMore")}
          </p>
        )}
        <p className={classes.facts}>
          <span>{t("checkedAt", { at: figures.moment(check.at) })}</span>
          <span>{t("rows", { count: check.rows })}</span>
          {head && <span>{t("head", { place: String(head.place), hash: head.hash.slice(0, 12) })}</span>}
        </p>
      </div>
    </div>
  );
}
