"use client";

import { Avatar, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Role } from "#/server/permissions.ts";
import { LateMenu } from "./late-menu.tsx";
import classes from "./top-bar.module.css";

/** First letters of the first two words: «Орлова Анна» is ОА. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).slice(0, 2);
  return words.map((word) => word.charAt(0).toUpperCase()).join("");
}

export interface AccountMenuProps {
  name: string;
  email: string;
  role: Role;
  onKeys: () => void;
}

export function AccountMenu(props: AccountMenuProps) {
  const t = useTranslations("shell");
  const label = t("account", { name: props.name });
  return (
    <LateMenu
      label={label}
      width={240}
      load={() => import("./account-menu-items.tsx").then((module) => module.AccountMenuItems)}
      itemProps={props}
      target={
        <UnstyledButton className={classes.account}>
          <Avatar size={30} radius="xl" color="ink" variant="light" alt="" aria-hidden>
            {initials(props.name)}
          </Avatar>
          <VisuallyHidden>{label}</VisuallyHidden>
        </UnstyledButton>
      }
    />
  );
}
