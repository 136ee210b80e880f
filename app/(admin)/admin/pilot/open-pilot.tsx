"use client";

import { Button, Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "../../../_ui/card.tsx";
import { shiftDay } from "../../../_ui/read-day.ts";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import classes from "./pilot.module.css";

/** As the server draws. */
const LEADS = 10;

/** Chooses a week and a model, and draws. */
export function OpenPilot() {
  const t = useTranslations("pilot");
  const problem = useTranslations("problem");
  const trpc = useTRPC();
  const router = useRouter();
  const figures = useFigures();
  const { data } = useQuery(trpc.pilot.choices.queryOptions());
  const [chosen, setChosen] = useState<{ week?: string; model?: string }>({});
  const open = useMutation(
    trpc.pilot.open.mutationOptions({
      onSuccess: ({ pilotId }) => router.push(`/admin/pilot/${pilotId}`),
      onError: (error) => {
        const { offline, message } = readProblem(error);
        notifications.show({ color: "red", message: offline ? problem("offline") : message });
      },
    }),
  );
  const weeks = data?.weeks ?? [];
  const models = data?.models ?? [];
  const model = chosen.model ?? (models[0] ? String(models[0].modelId) : null);
  const isFree = ({ leads, drawnFor }: (typeof weeks)[number]) => leads >= LEADS && !drawnFor.includes(Number(model));
  const week = (weeks.find((one) => one.weekOn === chosen.week && isFree(one)) ?? weeks.find(isFree))?.weekOn ?? null;
  const asOf = models.find(({ modelId }) => String(modelId) === model)?.asOf;
  if (data && models.length === 0) return <p className={classes.soft}>{t("noModel")}</p>;
  return (
    <div className={classes.first}>
      <Card id="open-pilot" title={t("open")}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (week !== null && model !== null) open.mutate({ weekOn: week, modelId: Number(model) });
          }}
        >
          <Select
            label={t("weekLabel")}
            className={classes.field}
            value={week}
            allowDeselect={false}
            onChange={(value) => setChosen({ ...chosen, ...(value !== null && { week: value }) })}
            data={weeks.map((one) => ({
              value: one.weekOn,
              label: `${figures.dayRange(one.weekOn, shiftDay(one.weekOn, 6))}, ${
                one.drawnFor.includes(Number(model)) ? t("weekSpent") : t("leadsCount", { count: one.leads })
              }`,
              disabled: !isFree(one),
            }))}
          />
          <Select
            label={t("modelLabel")}
            className={classes.field}
            value={model}
            allowDeselect={false}
            onChange={(value) => setChosen({ ...chosen, ...(value !== null && { model: value }) })}
            data={models.map(({ modelId, status, asOf }) => ({
              value: String(modelId),
              label: `${t("model", { id: String(modelId) })}, ${t(`modelStatus.${status}`)}, ${figures.day(asOf)}`,
            }))}
          />
          <Button type="submit" loading={open.isPending} disabled={week === null || model === null}>
            {t("draw")}
          </Button>
        </form>
        {week !== null && asOf !== undefined && week <= asOf && <p className={page.warn}>{t("seenWeek")}</p>}
      </Card>
    </div>
  );
}
