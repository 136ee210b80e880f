"use client";

import { Button, Text } from "@mantine/core";
import { IconCloudOff, IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Hollow } from "./hollow.tsx";
import { readProblem } from "./read-problem.ts";

/** A part of a page that could not be loaded: what happened, under which number, and a way to try again. */
export function Problem({ error, onRetry, retrying }: { error: unknown; onRetry: () => void; retrying: boolean }) {
  const t = useTranslations("problem");
  const { offline, message, requestId } = readProblem(error);
  return (
    <Hollow icon={IconCloudOff} title={t("title")} text={offline ? t("offline") : message} alarm>
      <Button leftSection={<IconRefresh size={16} />} onClick={onRetry} loading={retrying} variant="default">
        {t("retry")}
      </Button>
      {requestId !== null && (
        <Text size="xs" c="dimmed">
          {t("number", { id: requestId })}
        </Text>
      )}
    </Hollow>
  );
}
