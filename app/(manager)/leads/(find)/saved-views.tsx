"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconBookmark,
  IconBookmarkPlus,
  IconHome,
  IconHomeFilled,
  IconTrash,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import classes from "./filter-bar.module.css";
import { type Address, asAddress, asView } from "./find-address.ts";

const SaveViewForm = dynamic(() => import("./save-view-form.tsx").then((module) => module.SaveViewForm));

interface SavedViewsProps {
  me: RouterOutputs["me"]["get"];
  address: Address;
  onChoose: (address: Address) => void;
}

const startOf = { manager: "startViewOfManager", owner: "startViewOfOwner", admin: "startViewOfAdmin" } as const;
const roles = ["manager", "owner", "admin"] as const;

/** The searches a person has saved, the same on every device; an administrator says with which a role begins. */
export function SavedViews({ me, address, onChoose }: SavedViewsProps) {
  const t = useTranslations("views");
  const shell = useTranslations("shell");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [saving, setSaving] = useState(false);
  const views = useQuery(trpc.views.list.queryOptions()).data?.views ?? [];
  const settled = {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.views.list.queryKey() }),
    onError: (error: unknown) =>
      notifications.show({ color: "red", message: readProblem(error).message || t("failed") }),
  };
  const save = useMutation(trpc.views.save.mutationOptions(settled));
  const remove = useMutation(trpc.views.delete.mutationOptions(settled));
  const setStart = useMutation(
    trpc.settings.change.mutationOptions({
      ...settled,
      onSuccess: () => {
        notifications.show({ message: t("roleStartSet") });
        return settled.onSuccess();
      },
    }),
  );
  const now = JSON.stringify(asView(address));
  const current = views.find(({ filters }) => JSON.stringify(asView(asAddress(filters))) === now);

  return (
    <>
      <Menu position="bottom-start" width={300} shadow="md">
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconBookmark size={15} aria-hidden />}>
            {current?.name ?? t("title")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t("title")}>
          {views.length === 0 && <Menu.Label>{t("none")}</Menu.Label>}
          {views.map((view) => (
            <div key={view.viewId} className={classes.view} role="none">
              <Menu.Item fw={view === current ? 650 : undefined} onClick={() => onChoose(asAddress(view.filters))}>
                {view.name}
              </Menu.Item>
              <Menu.Item
                className={classes.viewDeed}
                aria-label={t(view.isStart ? "beginNoMore" : "beginWith", { name: view.name })}
                closeMenuOnClick={false}
                onClick={() => save.mutate({ name: view.name, filters: view.filters, isStart: !view.isStart })}
              >
                {view.isStart ? <IconHomeFilled size={15} className={classes.start} /> : <IconHome size={15} />}
              </Menu.Item>
              <Menu.Item
                className={classes.viewDeed}
                aria-label={t("delete", { name: view.name })}
                closeMenuOnClick={false}
                onClick={() => remove.mutate({ viewId: view.viewId })}
              >
                <IconTrash size={15} />
              </Menu.Item>
            </div>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconBookmarkPlus size={16} />} onClick={() => setSaving(true)}>
            {t("save")}
          </Menu.Item>
          {me.permissions.includes("setting:change") &&
            roles.map((role) => (
              <Menu.Item
                key={role}
                leftSection={<IconUsersGroup size={16} />}
                onClick={() => setStart.mutate({ name: startOf[role], value: asView(address) })}
              >
                {t("startFor", { role: shell(`role.${role}`) })}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {saving && (
        <SaveViewForm
          filters={asView(address)}
          name={current?.name ?? ""}
          isStart={current?.isStart ?? false}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}
