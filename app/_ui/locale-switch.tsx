"use client";

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { type Locale, localeCookie } from "../_i18n/locale.ts";

const yearSeconds = 365 * 24 * 3600;

/** Says the other language by its own name: whoever needs it cannot read this one. */
export function LocaleSwitch() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [pending, startTransition] = useTransition();
  const other: Locale = locale === "ru" ? "en" : "ru";

  const change = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https, an intranet may not have it.
    document.cookie = `${localeCookie}=${other}; path=/; max-age=${yearSeconds}; samesite=lax`;
    startTransition(() => router.refresh());
    // Reasons and refusals are worded by the server.
    void queryClient.invalidateQueries();
  };

  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      lang={other}
      onClick={change}
      loading={pending}
      aria-label={`${other.toUpperCase()}, ${other === "en" ? t("toEnglish") : t("toRussian")}`}
    >
      {other.toUpperCase()}
    </Button>
  );
}
