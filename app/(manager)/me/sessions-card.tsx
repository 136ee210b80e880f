"use client";

import { Button, Group, Modal, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLogout } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "../../_ui/card.tsx";
import { readProblem } from "../../_ui/read-problem.ts";
import { closeSession } from "../../_ui/session-door.ts";
import { useTRPCClient } from "../../trpc/client.tsx";

/** Ends one's sessions on all devices, this one's too. */
export function SessionsCard() {
  const t = useTranslations("me");
  const client = useTRPCClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);

  const end = async () => {
    setBusy(true);
    try {
      await client.me.endSessions.mutate();
      // The session is over either way; this only drops its cookie.
      await closeSession();
      window.location.assign("/login");
    } catch (error) {
      const { offline, message } = readProblem(error);
      notifications.show({ color: "red", title: t("deedFailed"), message: offline ? t("deedOffline") : message });
      setBusy(false);
    }
  };

  return (
    <Card id="sessions" title={t("sessions")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("sessionsMore")}
      </Text>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconLogout size={17} stroke={1.7} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t("endSessions")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("endSessionsTitle")}
        // Else axe takes its <header> for a second banner of the page.
        attributes={{ header: { role: "none" } }}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <Text size="sm">{t("endSessionsMore")}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
          <Button color="red" loading={busy} onClick={() => void end()}>
            {t("endSessions")}
          </Button>
        </Group>
      </Modal>
    </Card>
  );
}
