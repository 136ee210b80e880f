"use client";

import { SegmentedControl, Switch, useMantineColorScheme } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { Locale } from "../../_i18n/locale.ts";
import { Card } from "../../_ui/card.tsx";
import { usePreferences, useSingleKeys } from "../../_ui/preferences.tsx";
import { schemes } from "../../_ui/schemes.ts";
import classes from "./settings-card.module.css";

/** By their own names: whoever needs another language cannot read this one. */
const languages: { value: Locale; label: string }[] = [
  { value: "ru", label: "Русский" },
  { value: "en", label: "English" },
];

/** Language, look and keys; kept at the server, so that the next device is the same. */
export function SettingsCard() {
  const t = useTranslations("me");
  const shell = useTranslations("shell");
  const keys = useTranslations("keys");
  const locale = useLocale();
  const { colorScheme } = useMantineColorScheme();
  const { prefer } = usePreferences();
  const singleKeys = useSingleKeys();
  return (
    <Card id="settings" title={t("settings")}>
      <div className={classes.setting}>
        <span id="language" className={classes.label}>
          {t("language")}
        </span>
        <SegmentedControl
          fullWidth
          value={locale}
          onChange={(value) => prefer({ language: value as Locale })}
          data={languages}
          aria-labelledby="language"
        />
      </div>
      <div className={classes.setting}>
        <span id="theme" className={classes.label}>
          {shell("theme")}
        </span>
        <SegmentedControl
          fullWidth
          value={colorScheme}
          onChange={(value) => prefer({ theme: value as typeof colorScheme })}
          data={schemes.map(({ value, word }) => ({ value, label: shell(word) }))}
          aria-labelledby="theme"
        />
      </div>
      <Switch
        checked={singleKeys}
        onChange={(event) => prefer({ singleKeys: event.currentTarget.checked })}
        label={keys("single")}
        description={keys("singleMore")}
      />
      <p className={classes.note}>{t("settingsNote")}</p>
    </Card>
  );
}
