"use client";

import { Alert, Anchor, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../_ui/announcer.tsx";
import { Hollow } from "../../_ui/hollow.tsx";
import { Problem } from "../../_ui/problem.tsx";
import { ProgressBar } from "../../_ui/progress-bar.tsx";
import { readProblem } from "../../_ui/read-problem.ts";
import { useTRPC } from "../../trpc/client.tsx";
import classes from "./demo-offer.module.css";
import type { NothingYetProps } from "./nothing-yet.tsx";

type Demo = RouterOutputs["demo"]["show"];

const ASK_MS = 1500;

const isMoving = (state: Demo["state"] | undefined): state is "waiting" | "making" | "importing" =>
  state === "waiting" || state === "making" || state === "importing";

/** An empty database: its administrator may import files or fill it with a made-up market, and sees how far that is, after a reload as well. */
export function DemoOffer({ what, icon }: NothingYetProps) {
  const t = useTranslations("firstRun");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const show = useQuery({
    ...trpc.demo.show.queryOptions(),
    refetchInterval: ({ state }) => (isMoving(state.data?.state) ? ASK_MS : false),
  });
  const state = show.data?.state;
  const before = useRef<Demo["state"]>(undefined);
  const [isFilled, setFilled] = useState(false);
  useEffect(() => {
    const wasMoving = isMoving(before.current);
    before.current = state;
    if (state !== "closed" || !wasMoving) return;
    setFilled(true);
    announce(t("loaded"));
    notifications.show({
      color: "green",
      // Whoever waited for it may have looked away meanwhile.
      autoClose: false,
      title: t("loaded"),
      message: (
        <Anchor component={Link} href="/admin/trainings" size="sm">
          {t("toTraining")}
        </Anchor>
      ),
    });
    // Whatever this browser has heard so far, it heard of an empty database. The list of leads first: else it hears that there
    // are leads while it still holds none, and says for a moment that they are not the asker's.
    void queries.invalidateQueries({ queryKey: ["leads.find"] }).then(() => queries.invalidateQueries());
  }, [state, announce, t, queries]);

  if (show.isError && !show.data)
    return <Problem error={show.error} onRetry={() => void show.refetch()} retrying={show.isFetching} />;
  // It is in, and the list that takes our place is on its way.
  if (isFilled) return <Hollow icon={icon} title={t("loading")} text={t("loadingMore")} />;
  if (!show.data || state === "closed")
    return (
      <Hollow icon={icon} title={t(what)} text={t("fill")}>
        {state === "closed" && <ToImports />}
      </Hollow>
    );
  if (isMoving(state))
    return (
      <Hollow icon={icon} title={t("loading")} text={t("loadingMore")}>
        <Progress demo={show.data} stage={state} />
      </Hollow>
    );
  return (
    <Hollow icon={icon} title={t(what)} text={t("fillOrDemo")}>
      <Stack align="center" mt="sm">
        {state === "failed" && (
          <Alert color="red" title={t("failed")}>
            {t("failedMore")}
          </Alert>
        )}
        <Group justify="center">
          <ToImports />
          <Offer />
        </Group>
      </Stack>
    </Hollow>
  );
}

function ToImports() {
  const t = useTranslations("firstRun");
  return (
    <Button component={Link} href="/admin/imports" prefetch={false}>
      {t("toImports")}
    </Button>
  );
}

/** The button, and what is said before it is too late. */
function Offer() {
  const t = useTranslations("firstRun");
  const trpc = useTRPC();
  const [asked, { open, close }] = useDisclosure(false);
  const request = useMutation({ ...trpc.demo.request.mutationOptions(), ...useAfterwards() });
  return (
    <>
      <Button variant="default" onClick={open} loading={request.isPending}>
        {t("load")}
      </Button>
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
              {t("confirm")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function Progress({ demo: { run, workerRuns }, stage }: { demo: Demo; stage: "waiting" | "making" | "importing" }) {
  const t = useTranslations("firstRun");
  const trpc = useTRPC();
  const cancel = useMutation({
    ...trpc.imports.cancel.mutationOptions(),
    ...useAfterwards(),
    onSuccess: ({ cancelled }) => cancelled && notifications.show({ message: t("cancelled") }),
  });
  return (
    <div className={classes.progress}>
      <ProgressBar
        name={t("name")}
        stage={t(stage)}
        percent={run?.percent ?? 0}
        isRunning={stage !== "waiting"}
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
}

/** After a deed, done or refused, the state is looked at anew. */
function useAfterwards() {
  const t = useTranslations("firstRun");
  const trpc = useTRPC();
  const queries = useQueryClient();
  return {
    onError: (error: unknown) =>
      notifications.show({ color: "red", title: t("failed"), message: readProblem(error).message }),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.demo.pathKey() }),
  };
}
