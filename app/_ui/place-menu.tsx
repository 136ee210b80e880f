"use client";

import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconMenu2 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Role } from "#/server/permissions.ts";
import { LateMenu } from "./late-menu.tsx";
import type { PlaceMenuItemsProps } from "./place-menu-items.tsx";
import classes from "./top-bar.module.css";
import { usePlaces } from "./use-places.ts";

/** Where the bar has no room for the places: the name of this one, and behind it the others. */
export function PlaceMenu({ role }: { role: Role }) {
  const t = useTranslations("shell");
  const { places, here } = usePlaces(role);
  return (
    <LateMenu<PlaceMenuItemsProps>
      label={t("main")}
      width={220}
      position="bottom-start"
      load={() => import("./place-menu-items.tsx").then((module) => module.PlaceMenuItems)}
      itemProps={{ places, here }}
      target={
        <UnstyledButton className={classes.menu}>
          <IconMenu2 size={18} stroke={1.8} aria-hidden />
          <VisuallyHidden>{t("main")}</VisuallyHidden>
          <span className={classes.menuWord}>{t(here?.word ?? "menu")}</span>
        </UnstyledButton>
      }
    />
  );
}
