"use client";

import { Button, Group, Modal, Stack, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import type { ViewFilters } from "./find-address.ts";

/** Gives the search a name; a name that is taken is saved over. */
export function SaveViewForm(props: { filters: ViewFilters; name: string; isStart: boolean; onClose: () => void }) {
  const t = useTranslations("views");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(props.name);
  const [isStart, setIsStart] = useState(props.isStart);
  const save = useMutation(
    trpc.views.save.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.views.list.queryKey() });
        props.onClose();
      },
    }),
  );
  const problem = save.isError ? readProblem(save.error).message || t("failed") : null;

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("saveTitle")}
      size="sm"
      // Else axe takes its <header> for a second banner of the page.
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "" && !save.isPending) save.mutate({ name, filters: props.filters, isStart });
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t("name")}
            placeholder={t("namePlaceholder")}
            maxLength={60}
            value={name}
            error={problem}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Switch
            label={t("begin")}
            description={t("beginMore")}
            checked={isStart}
            onChange={(event) => setIsStart(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
              {t("submit")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
