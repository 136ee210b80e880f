"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import classes from "./models.module.css";

export type Alias = RouterOutputs["models"]["list"]["alias"];

/** Makes a model the active one, or goes back: by the state that was seen, so that two people cannot undo each other unawares. */
export function useModelDeeds(alias: Alias, onEnd: () => void = () => {}) {
  const t = useTranslations("models");
  const problem = useTranslations("problem");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const seenVersion = alias.version;

  const onError = (error: unknown) => {
    const { offline, message } = readProblem(error);
    notifications.show({ color: "red", message: offline ? problem("offline") : message });
    // Whatever was refused, the state may have moved: what is shown next is how it stands.
    return queries.invalidateQueries({ queryKey: trpc.models.pathKey() });
  };
  const onSettled = async () => {
    await queries.invalidateQueries({ queryKey: trpc.models.pathKey() });
    // A swap ends whatever is in the shadow.
    await queries.invalidateQueries({ queryKey: trpc.shadow.pathKey() });
  };

  const rollBack = useMutation(
    trpc.models.rollBack.mutationOptions({
      onError,
      onSuccess: ({ modelId }) => {
        const text = t("rolledBack", { id: String(modelId) });
        notifications.show({ message: text });
        announce(text);
        onEnd();
        return onSettled();
      },
    }),
  );
  const promote = useMutation(
    trpc.models.promote.mutationOptions({
      onError,
      onSuccess: (promotion) => {
        if (!promotion.ok) return onSettled();
        const text = t("promoted", { id: String(promotion.modelId) });
        const id = `promoted-${promotion.aliasVersion}`;
        const undo = () => {
          notifications.hide(id);
          rollBack.mutate({ seenVersion: promotion.aliasVersion });
        };
        notifications.show({
          id,
          autoClose: 15_000,
          message: alias.modelId === null ? text : <Undo text={text} word={t("undo")} onUndo={undo} />,
        });
        announce(text);
        onEnd();
        return onSettled();
      },
    }),
  );
  return {
    promote: (modelId: number, override?: string) => promote.mutate({ modelId, override, seenVersion }),
    rollBack: () => rollBack.mutate({ seenVersion }),
    pending: promote.isPending || rollBack.isPending,
  };
}

function Undo({ text, word, onUndo }: { text: string; word: string; onUndo: () => void }) {
  return (
    <span className={classes.notice}>
      <span>{text}</span>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {word}
      </Button>
    </span>
  );
}
