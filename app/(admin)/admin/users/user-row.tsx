"use client";

import { ActionIcon, Avatar, Menu } from "@mantine/core";
import { IconDots, IconIdBadge2, IconLink, IconUserCheck, IconUserCog, IconUserOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { StateTag } from "../../../_ui/state-tag.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPCClient } from "../../../trpc/client.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useDeed } from "./use-deed.ts";
import { DismissDialog, ManagerDialog, RoleDialog } from "./user-dialogs.tsx";
import classes from "./users.module.css";

type User = RouterOutputs["users"]["list"]["users"][number];

const lists = [["users.list"]];

/** One person: who he is, whether he comes, and what may be done about him. */
export function UserRow({ user, me }: { user: User; me: boolean }) {
  const t = useTranslations("admin.users");
  const figures = useFigures();
  const client = useTRPCClient();
  const [asked, setAsked] = useState<"role" | "manager" | "dismiss" | null>(null);
  const restore = useDeed(() => client.users.restore.mutate({ userId: user.userId }), {
    done: () => t("restored", { name: user.name }),
    lists,
  });
  const renew = useDeed(() => client.users.renew.mutate({ userId: user.userId, validHours: 72 }), { lists });
  const close = () => setAsked(null);

  return (
    <li className={classes.person} data-state={user.state}>
      <Avatar size={36} radius="xl" color="ink" aria-hidden>
        {initials(user.name)}
      </Avatar>
      <div className={classes.who}>
        <p className={classes.name}>
          <span>{user.name}</span>
          {me && <StateTag tone="open">{t("you")}</StateTag>}
          {user.state === "invited" && <StateTag tone="open">{t("invitedTag")}</StateTag>}
        </p>
        <p className={classes.facts}>
          <span>{user.email}</span>
          {user.managerId !== null && (
            <span>{t("isManager", { name: user.managerName ?? user.managerId, id: user.managerId })}</span>
          )}
        </p>
        <p className={classes.facts}>{life(user)}</p>
      </div>
      <span className={classes.role}>{t(`roleOf.${user.role}`)}</span>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" size="lg" aria-label={t("deeds", { name: user.name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {user.state === "dismissed" ? (
            <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => restore.mutate(undefined)}>
              {t("restore")}
            </Menu.Item>
          ) : (
            <>
              <Menu.Item leftSection={<IconUserCog size={16} />} onClick={() => setAsked("role")} disabled={me}>
                {t("changeRole")}
              </Menu.Item>
              <Menu.Item leftSection={<IconIdBadge2 size={16} />} onClick={() => setAsked("manager")}>
                {t("linkManager")}
              </Menu.Item>
              <Menu.Item leftSection={<IconLink size={16} />} onClick={() => renew.mutate(undefined)}>
                {t(user.state === "invited" ? "newLink" : "passwordLink")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                color="red"
                leftSection={<IconUserOff size={16} />}
                onClick={() => setAsked("dismiss")}
                disabled={me}
              >
                {t("dismiss")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {renew.data && (
        <div className={classes.wide}>
          <ShownOnce
            key={renew.data.token}
            label={t("linkAddress")}
            note={t("linkNote", { name: user.name, at: figures.moment(renew.data.expiresAt) })}
            value={`${window.location.origin}/invite/${renew.data.token}`}
            copy={t("copyLink")}
          />
        </div>
      )}
      {asked === "role" && <RoleDialog user={user} onClose={close} />}
      {asked === "manager" && <ManagerDialog user={user} onClose={close} />}
      {asked === "dismiss" && <DismissDialog user={user} onClose={close} />}
    </li>
  );

  function life({ state, dismissedAt, lastSignInAt, linkExpiresAt }: User) {
    const came = lastSignInAt === null ? t("neverCame") : t("cameLast", { at: figures.moment(lastSignInAt) });
    if (state === "dismissed") return `${t("dismissedAt", { at: figures.moment(dismissedAt!) })} · ${came}`;
    const link =
      linkExpiresAt !== null
        ? t("linkUntil", { at: figures.moment(linkExpiresAt) })
        : state === "invited"
          ? t("linkOver")
          : null;
    return [state === "invited" ? null : came, link].filter(Boolean).join(" · ");
  }
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}
