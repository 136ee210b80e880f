"use client";

import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useTRPCClient } from "../../../trpc/client.tsx";
import { ManagerSelect } from "./manager-select.tsx";
import { useDeed } from "./use-deed.ts";
import { roles } from "./users-address.ts";

type User = RouterOutputs["users"]["list"]["users"][number];
interface DialogProps {
  user: User;
  onClose: () => void;
}

const lists = [["users.list"]];

export function RoleDialog({ user, onClose }: DialogProps) {
  const t = useTranslations("admin.users");
  const client = useTRPCClient();
  const [role, setRole] = useState(user.role);
  const change = useDeed(() => client.users.changeRole.mutate({ userId: user.userId, role }), {
    done: () => t("roleChanged", { name: user.name, role: t(`roleOf.${role}`) }),
    lists,
  });
  return (
    <Dialog title={t("changeRoleOf", { name: user.name })} onClose={onClose}>
      <Radio.Group
        aria-label={t("role")}
        value={role}
        onChange={(value) => setRole(value as User["role"])}
        description={t("roleChangeMore")}
      >
        <Stack gap="sm" mt="md">
          {roles.map((one) => (
            <Radio key={one} value={one} label={t(`roleOf.${one}`)} description={t(`roleMore.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Deeds onClose={onClose}>
        <Button
          disabled={role === user.role}
          loading={change.isPending}
          onClick={() => change.mutate(undefined, { onSuccess: onClose })}
        >
          {t("save")}
        </Button>
      </Deeds>
    </Dialog>
  );
}

export function ManagerDialog({ user, onClose }: DialogProps) {
  const t = useTranslations("admin.users");
  const client = useTRPCClient();
  const [managerId, setManagerId] = useState(user.managerId);
  const link = useDeed(() => client.users.linkManager.mutate({ userId: user.userId, managerId }), {
    done: () => t("managerLinked", { name: user.name }),
    lists,
  });
  return (
    <Dialog title={t("linkManagerOf", { name: user.name })} onClose={onClose}>
      <ManagerSelect value={managerId} onChange={setManagerId} description={t("managerMore")} />
      <Deeds onClose={onClose}>
        <Button
          disabled={managerId === user.managerId}
          loading={link.isPending}
          onClick={() => link.mutate(undefined, { onSuccess: onClose })}
        >
          {t("save")}
        </Button>
      </Deeds>
    </Dialog>
  );
}

export function DismissDialog({ user, onClose }: DialogProps) {
  const t = useTranslations("admin.users");
  const client = useTRPCClient();
  const dismiss = useDeed(() => client.users.dismiss.mutate({ userId: user.userId }), {
    done: () => t("dismissed", { name: user.name }),
    lists,
  });
  return (
    <Dialog title={t("dismissOf", { name: user.name })} onClose={onClose}>
      <Text size="sm">{t("dismissMore")}</Text>
      <Deeds onClose={onClose}>
        <Button
          color="red"
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate(undefined, { onSuccess: onClose })}
        >
          {t("dismiss")}
        </Button>
      </Deeds>
    </Dialog>
  );
}

export function Dialog(props: { title: string; onClose: () => void; children: ReactNode }) {
  const t = useTranslations("admin.users");
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      centered
      // Else axe takes its <header> for a second banner of the page.
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      {props.children}
    </Modal>
  );
}

export function Deeds(props: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations("admin.users");
  return (
    <Group justify="flex-end" mt="lg">
      <Button variant="default" onClick={props.onClose}>
        {t("cancel")}
      </Button>
      {props.children}
    </Group>
  );
}
