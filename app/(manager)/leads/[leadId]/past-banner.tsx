"use client";

import { IconHistory } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./past-banner.module.css";

/** Says that this is the board of a past day, what that means, and leads back to today. */
export function PastBanner({ asOf }: { asOf: string }) {
  const t = useTranslations("board");
  const figures = useFigures();
  const path = usePathname();
  return (
    <div className={classes.banner} role="status">
      <IconHistory size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <p className={classes.text}>{t("pastBanner", { day: figures.day(asOf) })}</p>
      <Link href={path} className={classes.today}>
        {t("toToday")}
      </Link>
    </div>
  );
}
