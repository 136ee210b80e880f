"use client";

import { Menu } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { MainPlace } from "./main-places.ts";

export interface PlaceMenuItemsProps {
  places: readonly MainPlace[];
  here: MainPlace | undefined;
}

export function PlaceMenuItems({ places, here }: PlaceMenuItemsProps) {
  const t = useTranslations("shell");
  return places.map(({ href, word, icon: Icon }) => (
    <Menu.Item
      key={href}
      component={Link}
      href={href}
      leftSection={<Icon size={17} stroke={1.7} />}
      aria-current={href === here?.href ? "page" : undefined}
      {...(href === here?.href ? { c: "var(--accent-ink)", bg: "var(--accent-tint)" } : {})}
    >
      {t(word)}
    </Menu.Item>
  ));
}
