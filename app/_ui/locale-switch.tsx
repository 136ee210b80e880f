"use client";

import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { Locale } from "../_i18n/locale.ts";
import { usePreferences } from "./preferences.tsx";

/** Says the other language by its own name: whoever needs it cannot read this one. */
export function LocaleSwitch() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const { prefer, changingLanguage } = usePreferences();
  const other: Locale = locale === "ru" ? "en" : "ru";
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      lang={other}
      onClick={() => prefer({ language: other })}
      loading={changingLanguage}
      aria-label={`${other.toUpperCase()}, ${other === "en" ? t("toEnglish") : t("toRussian")}`}
    >
      {other.toUpperCase()}
    </Button>
  );
}
