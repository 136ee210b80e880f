"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Role } from "#/server/permissions.ts";
import { mainPlaces } from "./main-places.ts";
import classes from "./top-bar.module.css";

/** The places of the application; on narrow screens they are in the account menu. */
export function MainNav({ role }: { role: Role }) {
  const t = useTranslations("shell");
  const path = usePathname();
  const places = mainPlaces(role);
  const here = places.findLast(({ href }) => path === href || path.startsWith(`${href}/`));
  return (
    <nav className={classes.places} aria-label={t("main")}>
      {places.map((place) => (
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
