"use client";

import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import page from "../../admin-page.module.css";
import { ReportScopeBar } from "../../report-scope-bar.tsx";
import { ChecksCard } from "./checks-card.tsx";
import { FillingCard } from "./filling-card.tsx";
import { ImportsCard } from "./imports-card.tsx";
import { PremisesFillCard } from "./premises-fill-card.tsx";
import { RowsDrawer } from "./rows-drawer.tsx";
import { WishesFillCard } from "./wishes-fill-card.tsx";

/** What the product is fed with: what is filled, what can hardly be true, and where each is put right. */
export function DataScreen({ mayAnswer }: { mayAnswer: boolean }) {
  const t = useTranslations("data");
  return (
    <div className={page.page}>
      <Title order={1} className={page.title}>
        {t("title")}
      </Title>
      <ReportScopeBar />
      <div className={page.cards}>
        <WishesFillCard />
        <ChecksCard />
        <FillingCard />
        <PremisesFillCard />
        <ImportsCard />
      </div>
      <RowsDrawer mayAnswer={mayAnswer} />
    </div>
  );
}
