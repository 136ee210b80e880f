"use client";

import { Alert, Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { readProblem } from "../../_ui/read-problem.ts";
import { openSession } from "../../_ui/session-door.ts";
import { useTRPCClient } from "../../trpc/client.tsx";
import classes from "./invite.module.css";

/** A password of one's own, typed once and shown on demand; with it one is in at once. */
export function AcceptForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("invite");
  const login = useTranslations("login");
  const client = useTRPCClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { password: "" },
    validate: { password: (value) => ([...value].length < 12 ? t("short") : null) },
  });

  const submit = async ({ password }: { password: string }) => {
    setBusy(true);
    setRefusal(null);
    try {
      await client.invitations.accept.mutate({ token, password });
    } catch (error) {
      const { offline, message, place } = readProblem(error);
      if (place === "password") form.setFieldError("password", message);
      else setRefusal(offline ? t("offline") : message);
      setBusy(false);
      return;
    }
    const refused = await openSession(email, password);
    window.location.assign(refused ? "/login" : "/");
  };

  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate className={classes.form}>
      {refusal !== null && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} role="alert">
          {refusal}
        </Alert>
      )}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordInput
        label={t("password")}
        description={t("rule")}
        name="password"
        autoComplete="new-password"
        size="md"
        visibilityToggleButtonProps={{ "aria-label": login("showPassword"), tabIndex: 0 }}
        key={form.key("password")}
        {...form.getInputProps("password")}
      />
      <Button type="submit" size="md" loading={busy} fullWidth>
        {t("save")}
      </Button>
    </form>
  );
}
