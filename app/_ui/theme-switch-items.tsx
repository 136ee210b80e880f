"use client";

import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { usePreferences } from "./preferences.tsx";
import { schemes } from "./schemes.ts";

/** The looks as a menu lists them. */
export function ThemeSwitchItems() {
  const t = useTranslations("shell");
  const { colorScheme } = useMantineColorScheme();
  const { prefer } = usePreferences();
  return schemes.map(({ value, icon: Icon, word }) => (
    <Menu.Item
      key={value}
      leftSection={<Icon size={17} stroke={1.7} />}
      rightSection={colorScheme === value ? <IconCheck size={16} /> : null}
      onClick={() => prefer({ theme: value })}
    >
      {t(word)}
    </Menu.Item>
  ));
}
