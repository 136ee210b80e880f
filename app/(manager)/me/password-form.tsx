"use client";

import { Alert, Button, PasswordInput, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "../../_ui/card.tsx";
import { readProblem } from "../../_ui/read-problem.ts";
import { openSession } from "../../_ui/session-door.ts";
import { useTRPCClient } from "../../trpc/client.tsx";

/** One's own new password. All other sessions end; this one is opened anew with what was just typed. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("me");
  const login = useTranslations("login");
  const client = useTRPCClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { current: "", next: "" },
    validate: {
      current: (value) => (value === "" ? t("currentMissing") : null),
      next: (value) => ([...value].length < 12 ? t("nextShort") : null),
    },
  });

  const submit = async ({ current, next }: { current: string; next: string }) => {
    setBusy(true);
    setRefusal(null);
    try {
      await client.me.changePassword.mutate({ current, next });
    } catch (error) {
      const { offline, message, place } = readProblem(error);
      if (place === "current") form.setFieldError("current", message);
      else if (place === "password") form.setFieldError("next", message);
      else setRefusal(offline ? t("deedOffline") : message);
      setBusy(false);
      return;
    }
    const refused = await openSession(email, next);
    // The old session has ended with the old password: without a new one there is only the sign-in.
    if (refused) return window.location.assign("/login?callbackUrl=%2Fme");
    form.reset();
    setBusy(false);
    notifications.show({ color: "teal", message: t("passwordChanged") });
  };

  return (
    <Card id="password" title={t("password")}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        {refusal !== null && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} role="alert" mb="sm">
            {refusal}
          </Alert>
        )}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={t("current")}
          name="current"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": login("showPassword"), tabIndex: 0 }}
          key={form.key("current")}
          {...form.getInputProps("current")}
        />
        <PasswordInput
          mt="sm"
          label={t("next")}
          description={t("nextRule")}
          name="next"
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": login("showPassword"), tabIndex: 0 }}
          key={form.key("next")}
          {...form.getInputProps("next")}
        />
        <Button type="submit" mt="md" loading={busy} variant="default" fullWidth>
          {t("changePassword")}
        </Button>
        <Text size="xs" c="dimmed" mt="xs">
          {t("passwordNote")}
        </Text>
      </form>
    </Card>
  );
}
