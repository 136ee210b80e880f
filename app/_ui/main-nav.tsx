"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { mainPlaces } from "./main-places.ts";
import classes from "./top-bar.module.css";

/** The places of the application; on narrow screens they are in the account menu. */
export function MainNav() {
  const t = useTranslations("shell");
  const path = usePathname();
  const here = mainPlaces.findLast(({ href }) => path === href || path.startsWith(`${href}/`));
  return (
    <nav className={classes.places} aria-label={t("main")}>
      {mainPlaces.map((place) => (
        <Link
          key={place.href}
          href={place.href}
          prefetch={false}
          className={classes.place}
          aria-current={place === here ? "page" : undefined}
        >
          {t(place.word)}
        </Link>
      ))}
    </nav>
  );
}
