"use client";

import { Button, Group, Modal, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../_ui/card.tsx";
import { Problem } from "../../_ui/problem.tsx";
import { useTRPC } from "../../trpc/client.tsx";
import page from "./my-page.module.css";
import classes from "./taste-card.module.css";
import { useOwnMarkDeeds } from "./use-own-mark-deeds.tsx";

type Taste = RouterOutputs["me"]["taste"];
type Leaning = Taste["leanings"][number];

/** What one's own marks taught, in words, with the marks that taught it and a way to begin anew. */
export function TasteCard({ may }: { may: boolean }) {
  const t = useTranslations("me");
  const taste = useQuery(useTRPC().me.taste.queryOptions());
  const [asking, setAsking] = useState(false);
  const deeds = useOwnMarkDeeds();
  const learned = taste.data?.state === "learned";
  return (
    <Card
      id="taste"
      title={t("taste")}
      aside={
        may && learned ? (
          <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
            {t("reset")}
          </Button>
        ) : null
      }
    >
      {taste.isPending && <Skeleton height={72} radius="md" aria-hidden />}
      {taste.isError && (
        <Problem error={taste.error} onRetry={() => void taste.refetch()} retrying={taste.isFetching} />
      )}
      {taste.isSuccess && <Words taste={taste.data} />}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("resetTitle")}
        // Else axe takes its <header> for a second banner of the page.
        attributes={{ header: { role: "none" } }}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <Text size="sm">{t("resetMore")}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
          <Button
            color="red"
            loading={deeds.busy}
            onClick={() => {
              void deeds.reset().then(() => setAsking(false));
            }}
          >
            {t("resetSure")}
          </Button>
        </Group>
      </Modal>
    </Card>
  );
}

function Words({ taste }: { taste: Taste }) {
  const t = useTranslations("me");
  if (taste.state === "no-model") return <p className={page.soft}>{t("tasteNoModel", { marks: taste.marks })}</p>;
  if (taste.state !== "learned") return <p className={page.soft}>{t("tasteNoMarks")}</p>;
  const missing = taste.marksToRemove - taste.countedMarks;
  return (
    <>
      <p className={classes.words}>{taste.words}</p>
      <ul className={classes.leanings}>
        {taste.leanings.map((leaning) => (
          <LeaningRow key={leaning.feature} leaning={leaning} />
        ))}
      </ul>
      <p className={page.soft}>
        {taste.leanings.length === 0 ? t("tasteUnsure") : null}{" "}
        {missing > 0 ? t("tasteRescueOnly", { count: missing }) : t("tasteMayRemove")}
      </p>
    </>
  );
}

function LeaningRow({ leaning }: { leaning: Leaning }) {
  const t = useTranslations("me");
  const leads = useTranslations("leads");
  const percent = Math.round(leaning.strength * 100);
  const strength = leaning.strength < 0.15 ? "slight" : leaning.strength < 0.35 ? "clear" : "strong";
  return (
    <li className={classes.leaning} data-side={leaning.towards ? "keep" : "remove"}>
      <span>
        <strong>
          {leaning.words} {leaning.towards ? "+" : "−"}
        </strong>{" "}
        <span className={page.soft}>
          {t(`leaningOf.${leaning.towards ? "towards" : "away"}.${strength}`)}, {t("leaningCount", { n: leaning.n })}
        </span>
      </span>
      <span className={classes.track} role="img" aria-label={t("leaningStrength", { percent: String(percent) })}>
        <span className={classes.bar} style={{ width: `${Math.max(4, percent)}%` }} />
      </span>
      {leaning.examples.length > 0 && (
        <details className={classes.details}>
          <summary>{t("examples")}</summary>
          <ul className={classes.examples}>
            {leaning.examples.map((one) => (
              <li key={one.markId}>
                <Link
                  prefetch={false}
                  href={`/leads/${encodeURIComponent(one.leadId)}?open=${encodeURIComponent(one.premisesId)}`}
                >
                  {one.premisesName}
                </Link>{" "}
                <span className={page.soft}>
                  {t(`exampleOf.${one.mark}`, {
                    lead: one.brand ?? `${leads("noBrand")} ${leads("numbered", { id: one.leadId })}`,
                  })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
