"use client";

import { Button, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { FullPageMessage } from "./_ui/full-page-message.tsx";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("problem");
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <FullPageMessage title={t("unexpected")} text={t("unexpectedMore")}>
      <Button onClick={retry}>{t("retry")}</Button>
      {digest !== null && (
        <Text size="sm" c="dimmed">
          {t("number", { id: digest })}
        </Text>
      )}
    </FullPageMessage>
  );
}
