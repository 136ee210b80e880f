"use client";

import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { ProgressBar } from "../../../_ui/progress-bar.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import classes from "./demo-offer.module.css";

type State = RouterOutputs["demo"]["show"]["state"];

const ASK_MS = 1500;
const moving: readonly (State | undefined)[] = ["waiting", "making", "importing"];

/** An empty database: its administrator may fill it with a made-up market, and sees how far that is, after a reload as well. */
export function DemoOffer() {
  const t = useTranslations("leads.demo");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [asked, { open, close }] = useDisclosure(false);
  const show = useQuery({
    ...trpc.demo.show.queryOptions(),
    refetchInterval: ({ state }) => (moving.includes(state.data?.state) ? ASK_MS : false),
  });
  const state = show.data?.state;
  const before = useRef<State>(undefined);
  useEffect(() => {
    const wasMoving = moving.includes(before.current);
    before.current = state;
    if (state !== "closed" || !wasMoving) return;
    announce(t("loaded"));
    notifications.show({ color: "green", title: t("loaded"), message: t("loadedMore") });
    void queries.invalidateQueries({ queryKey: trpc.leads.pathKey() });
  }, [state, announce, t, queries, trpc]);

  const lookAgain = () => queries.invalidateQueries({ queryKey: trpc.demo.pathKey() });
  const onError = (error: unknown) =>
    notifications.show({ color: "red", title: t("failed"), message: readProblem(error).message });
  const request = useMutation({ ...trpc.demo.request.mutationOptions(), onError, onSettled: lookAgain });
  const cancel = useMutation({
    ...trpc.imports.cancel.mutationOptions(),
    onSuccess: ({ cancelled }) => cancelled && notifications.show({ message: t("cancelled") }),
    onError,
    onSettled: lookAgain,
  });

  if (show.isError && !show.data)
    return <Problem error={show.error} onRetry={() => void show.refetch()} retrying={show.isFetching} />;
  if (!show.data || state === "closed") return null;
  const { run, workerRuns } = show.data;
  if (state === "waiting" || state === "making" || state === "importing")
    return (
      <div className={classes.progress}>
        <ProgressBar
          name={t("name")}
          stage={t(state)}
          percent={run?.percent ?? 0}
          isRunning={state !== "waiting"}
          elapsedSeconds={run?.elapsedSeconds ?? 0}
          remainingSeconds={run?.remainingSeconds ?? null}
          attempts={1}
          facts={workerRuns ? [] : [t("noWorker")]}
        />
        {run && (
          <Button
            mt="sm"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ runId: run.runId })}
          >
            {t("cancel")}
          </Button>
        )}
      </div>
    );
  return (
    <Stack align="center" mt="sm">
      {state === "failed" && (
        <Alert color="red" title={t("failed")}>
          {t("failedMore")}
        </Alert>
      )}
      <Group justify="center">
        <Button component={Link} href="/admin/imports" prefetch={false}>
          {t("toImports")}
        </Button>
        <Button variant="default" onClick={open} loading={request.isPending}>
          {t("load")}
        </Button>
      </Group>
      <Modal
        opened={asked}
        onClose={close}
        title={t("title")}
        centered
        // Else axe takes its <header> for a second banner of the page.
        attributes={{ header: { role: "none" } }}
        closeButtonProps={{ "aria-label": t("keep") }}
      >
        <Stack gap="md">
          <Text size="sm">{t("what")}</Text>
          <Text size="sm" fw={600}>
            {t("warn")}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t("keep")}
            </Button>
            <Button
              onClick={() => {
                close();
                request.mutate({});
              }}
            >
              {t("load")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
