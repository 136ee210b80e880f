"use client";

import { Button, CloseButton, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../trpc/client.tsx";
import classes from "./tour.module.css";

const steps = ["find", "ask", "split", "mark", "keys"] as const;

/**
 * Five short steps for whoever is new, in a corner where they are in nobody's way: nothing is covered, nothing waits, and
 * one press ends them for good, on every device.
 */
export function Tour() {
  const t = useTranslations("tour");
  const trpc = useTRPC();
  const router = useRouter();
  const [place, setPlace] = useState(0);
  const [closed, setClosed] = useState(false);
  // It is out of the way at once; where the server did not hear of it, it is offered again another day.
  const end = useMutation(trpc.me.endTour.mutationOptions({ onSuccess: () => router.refresh() }));
  const step = steps[place];
  if (closed || step === undefined) return null;

  const close = () => {
    setClosed(true);
    end.mutate();
  };
  const isLast = place === steps.length - 1;

  return (
    <aside className={classes.tour} aria-label={t("title")}>
      <div className={classes.head}>
        <span className={classes.place}>{t("place", { place: place + 1, of: steps.length })}</span>
        <CloseButton size="sm" aria-label={t("close")} onClick={close} />
      </div>
      <div aria-live="polite">
        <p className={classes.title}>{t(`${step}.title`)}</p>
        <p className={classes.text}>{t(`${step}.text`)}</p>
      </div>
      <Group justify="space-between" gap="xs">
        <Button size="compact-sm" variant="subtle" color="gray" onClick={close}>
          {t("skip")}
        </Button>
        <Group gap="xs">
          {place > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => setPlace(place - 1)}>
              {t("back")}
            </Button>
          )}
          <Button size="compact-sm" onClick={() => (isLast ? close() : setPlace(place + 1))}>
            {isLast ? t("done") : t("next")}
          </Button>
        </Group>
      </Group>
    </aside>
  );
}
