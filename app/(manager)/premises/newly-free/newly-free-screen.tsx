"use client";

import { Button, Skeleton, Title } from "@mantine/core";
import { IconCoffee } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { DayField } from "../../../_ui/day-field.tsx";
import { Hollow } from "../../../_ui/hollow.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import { boardAddress } from "../../leads/[leadId]/board-address.ts";
import classes from "./newly-free.module.css";
import { NewlyFreeCard } from "./newly-free-card.tsx";

/** So many cards are drawn at once: each asks for its leads. */
const shownAtOnce = 10;

/** The morning list: what became free or cheaper, each with the leads that it fits. */
export function NewlyFreeScreen() {
  const t = useTranslations("morning");
  const figures = useFigures();
  const [since, setSince] = useQueryState("since", boardAddress.asOf);
  const list = useQuery(
    useTRPC().premises.newlyFree.queryOptions({ since: since ?? undefined }, { placeholderData: keepPreviousData }),
  );
  const [shown, setShown] = useState(shownAtOnce);
  const premises = list.data?.premises ?? [];
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div>
          <Title order={1} className={classes.name}>
            {t("title")}
          </Title>
          <p className={classes.soft} role="status">
            {list.data
              ? t("count", {
                  freed: premises.filter(({ change }) => change === "freed").length,
                  cheaper: String(premises.filter(({ change }) => change === "cheaper").length),
                  day: figures.dayInWords(list.data.since, list.data.today),
                })
              : null}
          </p>
        </div>
        <DayField
          className={classes.since}
          label={t("since")}
          value={since ?? list.data?.since ?? null}
          max={list.data?.today}
          onChange={(day) => {
            setShown(shownAtOnce);
            void setSince(day);
          }}
        />
      </header>
      {list.isPending && <Skeleton height={160} radius="lg" aria-hidden />}
      {list.isError && <Problem error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />}
      {list.isSuccess && premises.length === 0 && (
        <div className={classes.hollow}>
          <Hollow
            icon={IconCoffee}
            title={t("empty")}
            text={
              list.data.lastFreedOn === null
                ? t("emptyNever")
                : t("emptyLast", { day: figures.dayInWords(list.data.lastFreedOn, list.data.today) })
            }
          >
            {list.data.lastFreedOn !== null && (
              <Button variant="default" onClick={() => void setSince(list.data.lastFreedOn)}>
                {t("showLast")}
              </Button>
            )}
          </Hollow>
        </div>
      )}
      <ol className={classes.cards} aria-label={t("title")}>
        {premises.slice(0, shown).map((one) => (
          <li key={one.premisesId}>
            <NewlyFreeCard premises={one} />
          </li>
        ))}
      </ol>
      {premises.length > shown && (
        <Button variant="default" fullWidth mt="md" onClick={() => setShown(shown + shownAtOnce)}>
          {t("more", { count: premises.length - shown })}
        </Button>
      )}
    </div>
  );
}
