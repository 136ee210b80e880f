import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./pilot.module.css";

/** What eight of ten can tell and what it cannot (binomial: 38 % at a true share of 70 %, 17 % at 60 %, 7 % at 90 %). */
export function RuleNote() {
  const t = useTranslations("pilot");
  return (
    <aside className={classes.note}>
      <IconInfoCircle size={18} stroke={1.7} aria-hidden className={classes.noteIcon} />
      <div>
        <p>{t("rule")}</p>
        <p>{t("power")}</p>
      </div>
    </aside>
  );
}
