"use client";

import { Alert, Button, PasswordInput, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { openSession, type Refusal } from "../_ui/session-door.ts";
import classes from "./login.module.css";

/** Mail and password. Whatever was typed stays after a refusal; the focus goes to what has to be mended. */
export function SignInForm({ target }: { target: string }) {
  const t = useTranslations("login");
  const router = useRouter();
  const password = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [capsLock, setCapsLock] = useState(false);

  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (value.trim() === "" ? t("emailMissing") : null),
      password: (value) => (value === "" ? t("passwordMissing") : null),
    },
  });

  const submit = async (values: { email: string; password: string }) => {
    setBusy(true);
    setRefusal(null);
    const refused = await openSession(values.email.trim(), values.password);
    if (!refused) {
      router.replace(target);
      router.refresh();
      return;
    }
    setBusy(false);
    setRefusal(refused);
    if (refused.kind === "wrong") password.current?.select();
  };

  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));

  return (
    <form
      className={classes.form}
      onSubmit={form.onSubmit(submit)}
      onKeyUp={watchCapsLock}
      onKeyDown={watchCapsLock}
      noValidate
    >
      <Title order={1} className={classes.title}>
        {t("title")}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t("lead")}
      </Text>
      {refusal && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} role="alert">
          {refusal.kind === "tooManyWait" ? t("tooManyWait", { seconds: refusal.seconds }) : t(refusal.kind)}
        </Alert>
      )}
      <TextInput
        label={t("email")}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        autoFocus
        size="md"
        key={form.key("email")}
        {...form.getInputProps("email")}
      />
      <PasswordInput
        ref={password}
        label={t("password")}
        name="password"
        autoComplete="current-password"
        size="md"
        description={capsLock ? t("capsLock") : undefined}
        inputWrapperOrder={["label", "input", "description", "error"]}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
        key={form.key("password")}
        {...form.getInputProps("password")}
      />
      <Button type="submit" size="md" loading={busy} fullWidth mt="xs">
        {t("submit")}
      </Button>
    </form>
  );
}
