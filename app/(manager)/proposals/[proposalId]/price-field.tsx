"use client";

import { NumberInput, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";
import type { PickView, ProposalItem } from "../proposal-answers.ts";
import classes from "./price-field.module.css";

/** What is asked of this client, beside what we ask of everybody, what would pay best, and what similar leases paid. */
export function PriceField(props: {
  item: ProposalItem;
  pick: PickView;
  name: string;
  onChange: (item: ProposalItem, field: string) => void;
}) {
  const { item, pick } = props;
  const t = useTranslations("proposal");
  const locale = useLocale();
  const figures = useFigures();
  const { areaSqm } = pick.facts;
  const { bestRubMonth, similar } = pick.guide;
  const asking = pick.today?.askingRubMonth ?? pick.askingRubMonth;
  const set = (rentRubMonth: number | null) => props.onChange({ ...item, rentRubMonth }, "rent");
  const take = (rent: number, label: string) => (
    <UnstyledButton
      className={classes.take}
      data-chosen={item.rentRubMonth === Math.round(rent) || undefined}
      onClick={() => set(Math.round(rent))}
    >
      <span>{label}</span> {figures.rub(rent)}
      <VisuallyHidden>, {props.name}</VisuallyHidden>
    </UnstyledButton>
  );
  return (
    <div className={classes.price}>
      <NumberInput
        className={classes.field}
        label={t("rent")}
        placeholder={t("rentNone")}
        value={item.rentRubMonth ?? ""}
        onChange={(value) => set(typeof value === "number" && value > 0 ? value : null)}
        {...(locale === "ru"
          ? { thousandSeparator: "\u00a0", suffix: "\u00a0₽" }
          : { thousandSeparator: ",", prefix: "₽" })}
        allowNegative={false}
        decimalScale={0}
        max={999_999_999}
        clampBehavior="strict"
        hideControls
        inputMode="numeric"
      />
      <div className={classes.guide}>
        <p>
          {item.rentRubMonth !== null && areaSqm !== null
            ? t("rentSqm", { value: figures.rub(item.rentRubMonth / areaSqm) })
            : t("rentSqmUnknown")}
        </p>
        <div className={classes.takes}>
          {asking !== null && take(asking, t("asking"))}
          {bestRubMonth !== null && take(bestRubMonth, t("best"))}
        </div>
        {similar && <p>{t("similar", { range: figures.rubRange(similar.q25, similar.q75), n: similar.n })}</p>}
      </div>
    </div>
  );
}
