import { IconEye } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./past-banner.module.css";

/** Says why there is nothing to mark with here. */
export function ReadOnlyNote({ managerName }: { managerName: string | null }) {
  const t = useTranslations("board");
  return (
    <div className={classes.banner}>
      <IconEye size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <p className={classes.text}>
        {managerName === null ? t("readOnlyNobody") : t("readOnly", { name: managerName })}
      </p>
    </div>
  );
}
