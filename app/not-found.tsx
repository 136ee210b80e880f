import { Button } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { FullPageMessage } from "./_ui/full-page-message.tsx";

export default function NotFound() {
  const t = useTranslations("problem");
  return (
    <FullPageMessage title={t("noPage")} text={t("noPageMore")}>
      <Link href="/leads" className="plain">
        <Button component="span">{t("toLeads")}</Button>
      </Link>
    </FullPageMessage>
  );
}
