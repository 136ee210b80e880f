"use client";

import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { usePreferences } from "./preferences.tsx";

/** The looks there are, in the order in which they are offered. */
export const schemes = [
  { value: "light", icon: IconSun, word: "themeLight" },
  { value: "dark", icon: IconMoon, word: "themeDark" },
  { value: "auto", icon: IconDeviceDesktop, word: "themeAuto" },
] as const;

export function ThemeSwitch() {
  const t = useTranslations("shell");
  const { colorScheme } = useMantineColorScheme();
  const { prefer } = usePreferences();
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("theme")}>
          <IconSun size={19} stroke={1.7} data-scheme-icon="light" />
          <IconMoon size={19} stroke={1.7} data-scheme-icon="dark" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t("theme")}>
        {schemes.map(({ value, icon: Icon, word }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={17} stroke={1.7} />}
            rightSection={colorScheme === value ? <IconCheck size={16} /> : null}
            onClick={() => prefer({ theme: value })}
          >
            {t(word)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
