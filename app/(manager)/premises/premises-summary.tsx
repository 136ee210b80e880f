"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { StateTag } from "../../_ui/state-tag.tsx";
import { useFigures } from "../../_ui/use-figures.ts";
import { usePlaceWords } from "../leads/[leadId]/premises-facts.tsx";
import classes from "./premises-summary.module.css";

type Row = RouterOutputs["premises"]["find"]["premises"][number];

/** A premises in two short lines: what and where, for how much, and since when it is free. */
export function PremisesSummary({ premises }: { premises: Row }) {
  const t = useTranslations("stock");
  const words = useTranslations("premises");
  const figures = useFigures();
  const placeWords = usePlaceWords();
  const { areaSqm, rentRubMonth, freeSinceOn } = premises;
  return (
    <span className={classes.summary}>
      <span className={classes.what}>
        <span className={classes.name}>{premises.address ?? premises.name}</span>
        <span className={classes.soft}>{words("number", { id: premises.premisesId })}</span>
        <span className={classes.state}>
          <StateTag tone={freeSinceOn === null ? undefined : "good"}>
            {freeSinceOn === null ? t("let") : t("freeSince", { day: figures.day(freeSinceOn) })}
          </StateTag>
        </span>
      </span>
      <span className={classes.facts}>
        <strong>{areaSqm === null ? words("areaUnknown") : figures.area(areaSqm)}</strong>
        <strong>
          {rentRubMonth === null ? words("rentUnknown") : words("perMonth", { value: figures.rub(rentRubMonth) })}
        </strong>
        <span className={classes.soft}>{placeWords(premises)}</span>
      </span>
    </span>
  );
}
