"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import classes from "./admin-nav.module.css";
import { adminPlaces } from "./admin-places.ts";

/** The second bar: where one is among the pages of the owner and the administrators. */
export function AdminNav() {
  const t = useTranslations("admin");
  const path = usePathname();
  return (
    <nav className={classes.bar} aria-label={t("main")}>
      {adminPlaces.map(({ href, word, group }, i) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          className={classes.place}
          data-first={(i > 0 && adminPlaces[i - 1]!.group !== group) || undefined}
          aria-current={path === href || path.startsWith(`${href}/`) ? "page" : undefined}
        >
          {t(`places.${word}`)}
        </Link>
      ))}
    </nav>
  );
}
