"use client";

import { ActionIcon } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { LateMenu } from "./late-menu.tsx";

export function ThemeSwitch() {
  const t = useTranslations("shell");
  return (
    <LateMenu
      label={t("theme")}
      width={190}
      load={() => import("./theme-switch-items.tsx").then((module) => module.ThemeSwitchItems)}
      itemProps={{}}
      target={
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("theme")}>
          <IconSun size={19} stroke={1.7} data-scheme-icon="light" />
          <IconMoon size={19} stroke={1.7} data-scheme-icon="dark" />
        </ActionIcon>
      }
    />
  );
}
