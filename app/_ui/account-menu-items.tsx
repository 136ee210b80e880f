"use client";

import { Menu, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconKeyboard, IconLogout, IconUserCircle } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AccountMenuProps } from "./account-menu.tsx";
import { closeSession } from "./session-door.ts";
import classes from "./top-bar.module.css";

export function AccountMenuItems({ name, email, role, onKeys }: AccountMenuProps) {
  const t = useTranslations("shell");

  const signOut = () =>
    closeSession().then(
      // A full load: nothing that this person has seen stays in the memory of the tab.
      () => window.location.assign("/login"),
      () => notifications.show({ color: "red", message: t("signOutFailed") }),
    );

  return (
    <>
      <div className={classes.person}>
        <Text size="sm" fw={600} truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {email}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`role.${role}`)}
        </Text>
      </div>
      <Menu.Divider />
      <Menu.Item component={Link} href="/me" leftSection={<IconUserCircle size={17} stroke={1.7} />}>
        {t("me")}
      </Menu.Item>
      <Menu.Item leftSection={<IconKeyboard size={17} stroke={1.7} />} onClick={onKeys}>
        {t("keys")}
      </Menu.Item>
      <Menu.Item leftSection={<IconLogout size={17} stroke={1.7} />} onClick={() => void signOut()}>
        {t("signOut")}
      </Menu.Item>
    </>
  );
}
