import { Button } from "@mantine/core";
import { IconFileUnknown } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Hollow } from "../../../_ui/hollow.tsx";

export default function LeadNotFound() {
  const t = useTranslations("problem");
  return (
    <Hollow icon={IconFileUnknown} title={t("noLead")} titleOrder={1} text={t("noLeadMore")}>
      <Link href="/leads" className="plain">
        <Button component="span" mt="xs">
          {t("toLeads")}
        </Button>
      </Link>
    </Hollow>
  );
}
