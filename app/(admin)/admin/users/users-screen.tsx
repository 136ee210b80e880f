"use client";

import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import page from "../../admin-page.module.css";
import { InviteCard } from "./invite-card.tsx";
import { KeysCard } from "./keys-card.tsx";
import { UserList } from "./user-list.tsx";

/** Who may sign in, and which systems may ask. */
export function UsersScreen({ myId }: { myId: number }) {
  const t = useTranslations("admin.users");
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <div className={page.cards}>
        <UserList myId={myId} />
        <InviteCard />
        <KeysCard />
      </div>
    </div>
  );
}
