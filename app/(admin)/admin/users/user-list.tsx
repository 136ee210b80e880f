"use client";

import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { MoreRows } from "../../../_ui/more-rows.tsx";
import { useTRPCClient } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { UserRow } from "./user-row.tsx";
import classes from "./users.module.css";
import { roles, states, usersAddress } from "./users-address.ts";

/** The people, by name; a page at a time, since a landlord may have a thousand managers. */
export function UserList({ myId }: { myId: number }) {
  const t = useTranslations("admin.users");
  const client = useTRPCClient();
  const [address, setAddress] = useQueryStates(usersAddress);
  const [query] = useDebouncedValue(address.q.trim(), 250);
  const filter = { query, state: address.state, role: address.role };
  const list = useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ["users.list", filter],
      queryFn: ({ pageParam }) => client.users.list.query({ ...filter, cursor: pageParam }),
      initialPageParam: null as RouterOutputs["users"]["list"]["nextCursor"],
      getNextPageParam: (last) => last.nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const users = list.data?.pages.flatMap((one) => one.users) ?? [];
  return (
    <Card
      id="people"
      title={t("people")}
      aside={
        <span className={page.soft} role="status">
          {list.data ? t("found", { count: list.data.pages[0]!.total }) : null}
        </span>
      }
    >
      <div className={classes.filters}>
        <TextInput
          size="xs"
          aria-label={t("find")}
          placeholder={t("find")}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={address.q}
          onChange={(event) => void setAddress({ q: event.currentTarget.value })}
        />
        <Select
          size="xs"
          aria-label={t("role")}
          placeholder={t("anyRole")}
          data={roles.map((role) => ({ value: role, label: t(`roleOf.${role}`) }))}
          value={address.role}
          onChange={(role) => void setAddress({ role })}
          clearable
        />
        <SegmentedControl
          size="xs"
          aria-label={t("state")}
          value={address.state}
          onChange={(state) => void setAddress({ state: state as (typeof states)[number] })}
          data={states.map((state) => ({ value: state, label: t(`stateOf.${state}`) }))}
        />
      </div>
      <MoreRows
        list={list}
        none={
          <p className={page.soft}>{t(address.state === "dismissed" && query === "" ? "noneDismissed" : "none")}</p>
        }
      >
        {users.map((user) => (
          <UserRow key={user.userId} user={user} me={user.userId === myId} />
        ))}
      </MoreRows>
    </Card>
  );
}
