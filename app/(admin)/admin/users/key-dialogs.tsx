"use client";

import { Button, Checkbox, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPCClient } from "../../../trpc/client.tsx";
import { useDeed } from "./use-deed.ts";
import { Deeds, Dialog } from "./user-dialogs.tsx";
import classes from "./users.module.css";

type Key = RouterOutputs["keys"]["list"][number];
interface Made {
  secret: string;
  note: string;
}

/** As tRPC names its query. */
const lists = [[["keys", "list"]]];
const scopes = ["match", "marks"] as const;
/** Days; the last is "without end". */
const lives = ["30", "90", "365", ""] as const;
const overlaps = [0, 1, 24, 168, 720] as const;
const DAY_MS = 24 * 3_600_000;

export function NewKeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: Made) => void }) {
  const t = useTranslations("admin.users");
  const client = useTRPCClient();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>([...scopes]);
  const [days, setDays] = useState<string>("365");
  const [tried, setTried] = useState(false);
  const create = useDeed(
    () =>
      client.keys.create.mutate({
        name,
        scopes: scopes.filter((scope) => chosen.includes(scope)),
        expiresAt: days === "" ? null : new Date(Date.now() + Number(days) * DAY_MS),
      }),
    { lists },
  );
  const submit = () => {
    setTried(true);
    if (name.trim() === "" || chosen.length === 0) return;
    create.mutate(undefined, {
      onSuccess: ({ secret }) => {
        onMade({ secret, note: t("secretNote", { name: name.trim() }) });
        onClose();
      },
    });
  };
  return (
    <Dialog title={t("newKey")} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t("keyName")}
            description={t("keyNameMore")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && name.trim() === "" ? t("keyNameMissing") : null}
            maxLength={120}
            data-autofocus
          />
          <Checkbox.Group
            label={t("scopes")}
            value={chosen}
            onChange={setChosen}
            error={tried && chosen.length === 0 ? t("scopesMissing") : null}
          >
            <Stack gap="xs" mt="xs">
              {scopes.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={t(`scopeOf.${scope}`)}
                  description={t(`scopeMore.${scope}`)}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <NativeSelect
            label={t("keyLives")}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
            data={lives.map((n) => ({ value: n, label: n === "" ? t("noEnd") : t("days", { n: Number(n) }) }))}
          />
        </Stack>
        <Deeds onClose={onClose}>
          <Button type="submit" loading={create.isPending}>
            {t("makeKey")}
          </Button>
        </Deeds>
      </form>
    </Dialog>
  );
}

export function RotateDialog(props: { of: Key; onClose: () => void; onMade: (made: Made) => void }) {
  const { of: key, onClose, onMade } = props;
  const t = useTranslations("admin.users");
  const figures = useFigures();
  const client = useTRPCClient();
  const [hours, setHours] = useState<number>(24);
  const rotate = useDeed(() => client.keys.rotate.mutate({ keyId: key.keyId, overlapHours: hours }), { lists });
  return (
    <Dialog title={t("rotateOf", { name: key.name })} onClose={onClose}>
      <Text size="sm" mb="md">
        {t("rotateMore")}
      </Text>
      <NativeSelect
        label={t("overlap")}
        value={String(hours)}
        onChange={(event) => setHours(Number(event.currentTarget.value))}
        data={overlaps.map((n) => ({ value: String(n), label: n === 0 ? t("noOverlap") : t("hours", { n }) }))}
      />
      <Deeds onClose={onClose}>
        <Button
          loading={rotate.isPending}
          onClick={() =>
            rotate.mutate(undefined, {
              onSuccess: ({ secret, oldExpiresAt }) => {
                onMade({ secret, note: t("rotatedNote", { name: key.name, at: figures.moment(oldExpiresAt) }) });
                onClose();
              },
            })
          }
        >
          {t("rotate")}
        </Button>
      </Deeds>
    </Dialog>
  );
}

export function RevokeDialog({ of: key, onClose }: { of: Key; onClose: () => void }) {
  const t = useTranslations("admin.users");
  const client = useTRPCClient();
  const revoke = useDeed(() => client.keys.revoke.mutate({ keyId: key.keyId }), {
    done: () => t("revoked", { name: key.name }),
    lists,
  });
  return (
    <Dialog title={t("revokeOf", { name: key.name })} onClose={onClose}>
      <Text size="sm">
        {t("revokeMore")} <code className={classes.prefix}>{key.prefix}…</code>
      </Text>
      <Deeds onClose={onClose}>
        <Button color="red" loading={revoke.isPending} onClick={() => revoke.mutate(undefined, { onSuccess: onClose })}>
          {t("revoke")}
        </Button>
      </Deeds>
    </Dialog>
  );
}
