"use client";

import { Button, Modal, NumberInput, SegmentedControl, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterInputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { readProblem } from "../../../../_ui/read-problem.ts";
import { useFigures } from "../../../../_ui/use-figures.ts";
import { useTRPC } from "../../../../trpc/client.tsx";
import page from "../../../admin-page.module.css";
import classes from "../conversion.module.css";
import own from "./experiment.module.css";

type Plan = RouterInputs["experiments"]["start"];

/** Percents as they are typed; empty while they are being typed. */
type Typed = number | string;

const asShare = (percent: Typed) => Math.round(Number(percent) * 100) / 10_000;

/** Sets every rule of a comparison, says what it will cost, and begins it once that is confirmed. */
export function StartExperiment() {
  const t = useTranslations("experiment");
  const problem = useTranslations("problem");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const figures = useFigures();
  const [rules, setRules] = useState<Pick<Plan, "outcome" | "alpha" | "power">>({
    ...{ outcome: "tenant", alpha: "0.05", power: "0.8" },
  });
  const [base, setBase] = useState<Typed>(2);
  const [effect, setEffect] = useState<Typed>(2);
  const [weeks, setWeeks] = useState<Typed>(26);
  const [asked, setAsked] = useState(false);
  const plan = { ...rules, baseShare: asShare(base), minimalEffect: asShare(effect), weeksMax: Number(weeks) };
  const isWhole =
    plan.baseShare >= 0.001 &&
    plan.baseShare <= 0.95 &&
    plan.minimalEffect >= 0.005 &&
    plan.minimalEffect <= 0.5 &&
    plan.baseShare + plan.minimalEffect < 1 &&
    Number.isInteger(plan.weeksMax) &&
    plan.weeksMax >= 1;
  const [settled] = useDebouncedValue(plan, 250);
  const forecast = useQuery({
    ...trpc.experiments.plan.queryOptions(settled, { enabled: isWhole }),
    placeholderData: keepPreviousData,
  });
  const start = useMutation(
    trpc.experiments.start.mutationOptions({
      onSuccess: () => notifications.show({ message: t("started") }),
      onError: (error) => {
        const { offline, message } = readProblem(error);
        notifications.show({ color: "red", message: offline ? problem("offline") : message });
      },
      onSettled: () => {
        setAsked(false);
        return queries.invalidateQueries({ queryKey: trpc.experiments.list.queryKey() });
      },
    }),
  );
  const percent = {
    min: 0.1,
    max: 95,
    step: 0.5,
    decimalScale: 2,
    decimalSeparator: ",",
    allowedDecimalSeparators: [".", ","],
  };
  return (
    <Card id="start-experiment" title={t("start")}>
      <p className={page.soft}>{t("frozen")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) setAsked(true);
        }}
      >
        <div className={own.fields}>
          <Select
            label={t("outcome")}
            allowDeselect={false}
            value={rules.outcome}
            data={(["tenant", "deal"] as const).map((value) => ({ value, label: t(`outcomes.${value}`) }))}
            onChange={(outcome) => setRules({ ...rules, outcome: outcome as Plan["outcome"] })}
          />
          <NumberInput label={t("baseShare")} {...percent} value={base} onChange={setBase} />
          <NumberInput label={t("minimalEffect")} {...percent} min={0.5} max={50} value={effect} onChange={setEffect} />
          <NumberInput label={t("weeksMax")} min={1} max={156} allowDecimal={false} value={weeks} onChange={setWeeks} />
        </div>
        <div className={own.fields}>
          <Choice
            label={t("alpha")}
            value={rules.alpha}
            data={(["0.01", "0.05", "0.1"] as const).map((value) => ({
              value,
              label: t(`alphas.${alphaWord[value]}`),
            }))}
            onChange={(alpha) => setRules({ ...rules, alpha: alpha as Plan["alpha"] })}
          />
          <Choice
            label={t("power")}
            value={rules.power}
            data={(["0.8", "0.9"] as const).map((value) => ({ value, label: t(`powers.${powerWord[value]}`) }))}
            onChange={(power) => setRules({ ...rules, power: power as Plan["power"] })}
          />
        </div>
        {rules.outcome === "deal" && <p className={classes.warning}>{t("outcomeDeal")}</p>}
        {isWhole && forecast.data && (
          <p className={own.forecast} role="status">
            {forecast.data.weeks === null
              ? t("forecastNone", { n: forecast.data.leadsPerArm })
              : t("forecast", {
                  ...{ n: forecast.data.leadsPerArm, weeks: forecast.data.weeks, days: forecast.data.outcomeDays },
                  rate: figures.whole(Math.round(forecast.data.leadsPerWeek)),
                })}
            {forecast.data.weeks !== null && forecast.data.weeks > plan.weeksMax && (
              <> {t("forecastShort", { max: plan.weeksMax })}</>
            )}
          </p>
        )}
        <Button type="submit" disabled={!isWhole}>
          {t("begin")}
        </Button>
      </form>
      <Modal opened={asked} onClose={() => setAsked(false)} title={t("begin")} centered>
        <p className={classes.warning}>{t("beginAsk")}</p>
        <Button loading={start.isPending} onClick={() => start.mutate(plan)} data-autofocus mr="sm">
          {t("beginYes")}
        </Button>
        <Button variant="default" onClick={() => setAsked(false)}>
          {t("cancel")}
        </Button>
      </Modal>
    </Card>
  );
}

/** Names of messages hold no dots. */
const alphaWord = { "0.01": "strict", "0.05": "usual", "0.1": "loose" } as const;
const powerWord = { "0.8": "usual", "0.9": "high" } as const;

function Choice(props: {
  label: string;
  value: string;
  data: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <div>
      <div className={own.label} aria-hidden>
        {props.label}
      </div>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={props.label}
        value={props.value}
        data={props.data}
        onChange={props.onChange}
      />
    </div>
  );
}
