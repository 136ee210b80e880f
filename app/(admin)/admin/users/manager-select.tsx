"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client.tsx";

/** Which of the CRM's managers somebody is; a thousand of them are searched by typing. */
export function ManagerSelect(props: {
  value: string | null;
  onChange: (managerId: string | null) => void;
  error?: string | null;
  description?: string;
}) {
  const t = useTranslations("admin.users");
  const trpc = useTRPC();
  const managers = useQuery({ ...trpc.users.managers.queryOptions(), staleTime: 60_000 });
  return (
    <Select
      label={t("manager")}
      placeholder={managers.isPending ? t("loading") : t("managerNone")}
      description={props.description}
      error={props.error}
      data={(managers.data ?? []).map(({ managerId, name }) => ({ value: managerId, label: `${name} · ${managerId}` }))}
      value={props.value}
      onChange={props.onChange}
      nothingFoundMessage={t("managerNothing")}
      limit={50}
      searchable
      clearable
    />
  );
}
