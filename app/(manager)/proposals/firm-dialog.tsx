"use client";

import { Button, ColorInput, Modal, Skeleton, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../_ui/announcer.tsx";
import { Problem } from "../../_ui/problem.tsx";
import { readProblem } from "../../_ui/read-problem.ts";
import { useTRPC, useTRPCClient } from "../../trpc/client.tsx";
import classes from "./firm-dialog.module.css";

type Firm = RouterOutputs["settings"]["firm"];

/** Dark enough to be read on white, and far from each other. */
const accents = ["#3156bb", "#0f7a53", "#98401f", "#7d2d6f", "#8a5a00", "#1b1f26"];

/** Who writes to clients: the header of every proposal from now on. For administrators. */
export function FirmDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("firm");
  const trpc = useTRPC();
  const firm = useQuery(trpc.settings.firm.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title")}
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {firm.isPending && <Skeleton height={320} aria-label={t("loading")} />}
      {firm.isError && <Problem error={firm.error} onRetry={() => void firm.refetch()} retrying={firm.isFetching} />}
      {firm.data && <FirmForm firm={firm.data} onClose={onClose} />}
    </Modal>
  );
}

function FirmForm({ firm, onClose }: { firm: Firm; onClose: () => void }) {
  const t = useTranslations("firm");
  const problem = useTranslations("problem");
  const announce = useAnnounce();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: {
      name: firm.name,
      phone: firm.phone ?? "",
      email: firm.email ?? "",
      requisites: firm.requisites ?? "",
      accent: firm.accent,
    },
    validate: { name: (name) => (name.trim() === "" ? t("nameMissing") : null) },
  });
  const change = useMutation({
    mutationFn: (value: typeof form.values) => client.settings.change.mutate({ name: "firm", value }),
    onSuccess: async () => {
      announce(t("saved"));
      await queries.invalidateQueries({ queryKey: trpc.settings.firm.queryKey() });
      onClose();
    },
  });
  const refused = change.error && readProblem(change.error);
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <p className={classes.said}>{t("about")}</p>
      <TextInput data-autofocus label={t("name")} maxLength={120} required {...form.getInputProps("name")} />
      <div className={classes.pair}>
        <TextInput label={t("phone")} type="tel" maxLength={60} {...form.getInputProps("phone")} />
        <TextInput label={t("email")} type="email" maxLength={200} {...form.getInputProps("email")} />
      </div>
      <Textarea
        label={t("requisites")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1000}
        {...form.getInputProps("requisites")}
      />
      <ColorInput
        label={t("accent")}
        description={t("accentMore")}
        format="hex"
        swatches={accents}
        withEyeDropper={false}
        {...form.getInputProps("accent")}
      />
      {refused && (
        <p role="alert" className={classes.refused}>
          {refused.message || problem("offline")}
        </p>
      )}
      <div className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={change.isPending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
