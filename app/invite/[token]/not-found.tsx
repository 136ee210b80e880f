import { Button } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { FullPageMessage } from "../../_ui/full-page-message.tsx";

export default function NoSuchInvitation() {
  const t = useTranslations("invite");
  return (
    <FullPageMessage title={t("none")} text={t("noneMore")}>
      <Link href="/login" className="plain">
        <Button component="span" variant="default">
          {t("toLogin")}
        </Button>
      </Link>
    </FullPageMessage>
  );
}
