import { Button } from "@mantine/core";
import { IconFileOff } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Hollow } from "../../../_ui/hollow.tsx";

export default function NoSuchProposal() {
  const t = useTranslations("proposal");
  return (
    <Hollow icon={IconFileOff} title={t("none")} titleOrder={1} text={t("noneMore")}>
      <Link href="/proposals" className="plain">
        <Button component="span" variant="default">
          {t("toList")}
        </Button>
      </Link>
    </Hollow>
  );
}
