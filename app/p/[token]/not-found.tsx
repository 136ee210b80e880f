import { IconLinkOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./shared.module.css";

export default function NoSuchLink() {
  const t = useTranslations("shared");
  return (
    <main className={classes.page}>
      <div className={classes.closed}>
        <IconLinkOff size={32} stroke={1.6} aria-hidden />
        <h1>{t("none")}</h1>
        <p>{t("noneMore")}</p>
      </div>
    </main>
  );
}
