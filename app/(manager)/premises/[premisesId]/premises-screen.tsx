"use client";

import { Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { DayField } from "../../../_ui/day-field.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { boardAddress } from "../../leads/[leadId]/board-address.ts";
import { useFactRows } from "../../leads/[leadId]/premises-fact-rows.ts";
import { AroundCard } from "./around-card.tsx";
import { LeadMatches } from "./lead-matches.tsx";
import classes from "./premises-screen.module.css";

type Premises = RouterOutputs["premises"]["get"];

/** One premises: what is known of it, how it stands on the day, and the open leads that it fits. */
export function PremisesScreen({ premises, me }: { premises: Premises; me: RouterOutputs["me"]["get"] }) {
  const t = useTranslations("stock");
  const words = useTranslations("premises");
  const figures = useFigures();
  const rows = useFactRows()(premises);
  const [, setAsOf] = useQueryState("asOf", boardAddress.asOf.withOptions({ shallow: false, history: "push" }));
  const free = premises.freeSinceOn !== null;
  const { rentRubMonth: rent, openingRentRubMonth: opening } = premises;
  return (
    <div className={classes.page}>
      <Link href="/premises" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden /> {t("toPremises")}
      </Link>
      <header className={classes.header}>
        <div className={classes.names}>
          <Title order={1} className={classes.name}>
            {premises.address ?? premises.name}
          </Title>
          <p className={classes.soft}>
            {[premises.address === null ? null : premises.name, words("number", { id: premises.premisesId })]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <DayField
          className={classes.asOf}
          label={t("asOf")}
          value={premises.asOf}
          onChange={(day) => void setAsOf(day)}
        />
      </header>
      {!premises.isToday && (
        <p className={classes.past} role="status">
          {t("past", { day: figures.day(premises.asOf) })}{" "}
          <button type="button" className={classes.today} onClick={() => void setAsOf(null)}>
            {t("toToday")}
          </button>
        </p>
      )}
      <div className={classes.columns}>
        <section className={classes.card} aria-labelledby="facts">
          <div className={classes.state} data-free={free || undefined}>
            <strong>{free ? t("isFree") : t("isLet")}</strong>
            <span>
              {premises.freeSinceOn !== null
                ? t("freeSince", { day: figures.day(premises.freeSinceOn) })
                : premises.lastFreeOn === null
                  ? t("neverFree")
                  : t("lastFree", { day: figures.day(premises.lastFreeOn) })}
            </span>
            {free && (
              <span className={classes.rent}>
                {rent === null ? words("rentUnknown") : words("perMonth", { value: figures.rub(rent) })}
                {rent !== null && opening !== null && opening !== rent && (
                  <small> {t("openedAt", { value: figures.rub(opening) })}</small>
                )}
              </span>
            )}
          </div>
          <Title order={2} id="facts" className={classes.title}>
            {words("facts")}
          </Title>
          <dl className={classes.facts}>
            {rows
              .filter(({ fact }) => fact !== "freeSince")
              .map(({ fact, name, value }) => (
                <div key={fact}>
                  <dt>{name}</dt>
                  <dd data-unknown={value === null || undefined}>{value ?? words("unknown")}</dd>
                </div>
              ))}
          </dl>
        </section>
        <LeadMatches premises={premises} me={me} />
        <AroundCard premises={premises} />
      </div>
    </div>
  );
}
