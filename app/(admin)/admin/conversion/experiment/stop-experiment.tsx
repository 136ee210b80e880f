"use client";

import { Button, Modal, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { readProblem } from "../../../../_ui/read-problem.ts";
import { useTRPC } from "../../../../trpc/client.tsx";
import classes from "../conversion.module.css";
import own from "./experiment.module.css";

const reasonMin = 3;

/** Ends the comparison that runs, by a reason that stays with it. */
export function StopExperiment({ experimentId }: { experimentId: number }) {
  const t = useTranslations("experiment");
  const problem = useTranslations("problem");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState("");
  const stop = useMutation(
    trpc.experiments.stop.mutationOptions({
      onSuccess: () => notifications.show({ message: t("stoppedToast") }),
      onError: (error) => {
        const { offline, message } = readProblem(error);
        notifications.show({ color: "red", message: offline ? problem("offline") : message });
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.experiments.list.queryKey() }),
    }),
  );
  return (
    <div className={own.deeds}>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t("stop")}
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={t("stop")} centered>
        <p className={classes.warning}>{t("stopMore")}</p>
        <Textarea
          label={t("stopReason")}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          mb="md"
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          color="red"
          disabled={reason.trim().length < reasonMin}
          loading={stop.isPending}
          onClick={() => stop.mutate({ experimentId, reason: reason.trim() })}
        >
          {t("stopYes")}
        </Button>
      </Modal>
    </div>
  );
}
