"use client";

import { Kbd, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { AccountMenu } from "./account-menu.tsx";
import { LocaleSwitch } from "./locale-switch.tsx";
import { Logo } from "./logo.tsx";
import { MainNav } from "./main-nav.tsx";
import { PlaceMenu } from "./place-menu.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import classes from "./top-bar.module.css";

interface TopBarProps {
  me: RouterOutputs["me"]["get"];
  /** null where the page has a search box of its own. */
  onSearch: (() => void) | null;
  onKeys: () => void;
}

/** The one bar of the application: home, search from anywhere, language, look, account. */
export function TopBar({ me, onSearch, onKeys }: TopBarProps) {
  const t = useTranslations("shell");
  const app = useTranslations("app");
  return (
    <header className={classes.bar}>
      <a href="#content" className={classes.skip}>
        {t("skip")}
      </a>
      <Link href="/leads" className={classes.home} aria-label={t("home")}>
        <Logo />
        <span className={classes.name} aria-hidden>
          {app("name")}
        </span>
      </Link>
      <MainNav role={me.role} />
      <PlaceMenu role={me.role} />
      {onSearch && (
        <UnstyledButton className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K">
          <IconSearch size={16} stroke={1.8} aria-hidden />
          <span className={classes.searchWord}>{t("search")}</span>
          <Kbd size="xs" aria-hidden className={classes.searchKey}>
            Ctrl K
          </Kbd>
        </UnstyledButton>
      )}
      <div className={classes.tools}>
        <LocaleSwitch />
        <ThemeSwitch />
        <AccountMenu name={me.name} email={me.email} role={me.role} onKeys={onKeys} />
      </div>
    </header>
  );
}
