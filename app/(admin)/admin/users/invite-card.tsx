"use client";

import { Alert, Button, NativeSelect, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle, IconUserPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "../../../_ui/card.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPCClient } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { ManagerSelect } from "./manager-select.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useDeed } from "./use-deed.ts";
import classes from "./users.module.css";
import { roles } from "./users-address.ts";

const hours = [24, 72, 168, 336];

/** Somebody new: he gets a link by whatever way the administrator likes, and sets a password by it himself. */
export function InviteCard() {
  const t = useTranslations("admin.users");
  const figures = useFigures();
  const client = useTRPCClient();
  const [shown, setShown] = useState<{ link: string; note: string } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    initialValues: {
      email: "",
      name: "",
      role: "manager" as (typeof roles)[number],
      managerId: null as string | null,
      validHours: 72,
    },
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t("emailMissing")),
      name: (value) => (value.trim() === "" ? t("nameMissing") : null),
    },
  });
  const invite = useDeed((input: typeof form.values) => client.users.invite.mutate(input), {
    done: (_, { name }) => t("invited", { name }),
    lists: [["users.list"]],
    quiet: true,
  });

  const submit = async (values: typeof form.values) => {
    setRefusal(null);
    setShown(null);
    try {
      const { token, expiresAt } = await invite.mutateAsync(values);
      const note = t("linkNote", { name: values.name.trim(), at: figures.moment(expiresAt) });
      setShown({ link: `${window.location.origin}/invite/${token}`, note });
      form.reset();
    } catch (error) {
      const { offline, message, place } = readProblem(error);
      if (place === "email" || place === "name" || place === "managerId") form.setFieldError(place, message);
      else setRefusal(offline ? t("offline") : message);
    }
  };

  return (
    <Card id="invite" title={t("invite")}>
      <p className={page.soft}>{t("inviteWhat")}</p>
      <form onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
        {refusal !== null && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} role="alert" mt="sm">
            {refusal}
          </Alert>
        )}
        <div className={classes.fields}>
          <TextInput label={t("name")} autoComplete="off" {...form.getInputProps("name")} />
          <TextInput label={t("email")} type="email" autoComplete="off" {...form.getInputProps("email")} />
          <NativeSelect
            label={t("role")}
            data={roles.map((role) => ({ value: role, label: t(`roleOf.${role}`) }))}
            {...form.getInputProps("role")}
          />
          <ManagerSelect
            value={form.values.managerId}
            onChange={(managerId) => form.setFieldValue("managerId", managerId)}
            error={(form.errors.managerId as string | undefined) ?? null}
          />
          <NativeSelect
            label={t("linkLives")}
            data={hours.map((n) => ({ value: String(n), label: t("hours", { n }) }))}
            value={String(form.values.validHours)}
            onChange={(event) => form.setFieldValue("validHours", Number(event.currentTarget.value))}
          />
        </div>
        <Button type="submit" leftSection={<IconUserPlus size={18} />} loading={invite.isPending}>
          {t("inviteDo")}
        </Button>
      </form>
      {shown !== null && (
        <ShownOnce
          key={shown.link}
          label={t("linkAddress")}
          note={shown.note}
          value={shown.link}
          copy={t("copyLink")}
        />
      )}
    </Card>
  );
}
