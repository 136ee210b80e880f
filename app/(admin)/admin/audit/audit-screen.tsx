"use client";

import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import page from "../../admin-page.module.css";
import { AuditLines } from "./audit-lines.tsx";
import { ChainCard } from "./chain-card.tsx";

/** Whether the log is whole, and what stands in it. */
export function AuditScreen() {
  const t = useTranslations("admin.audit");
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <div className={page.cards}>
        <ChainCard />
        <AuditLines />
      </div>
    </div>
  );
}
