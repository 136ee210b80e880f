import { Button } from "@mantine/core";
import { IconFileUnknown } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Hollow } from "../../../_ui/hollow.tsx";

export default function PremisesNotFound() {
  const t = useTranslations("stock");
  return (
    <Hollow icon={IconFileUnknown} title={t("notThere")} titleOrder={1} text={t("notThereMore")}>
      <Link href="/premises" className="plain">
        <Button component="span" mt="xs">
          {t("toPremises")}
        </Button>
      </Link>
    </Hollow>
  );
}
