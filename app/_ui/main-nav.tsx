"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Role } from "#/server/permissions.ts";
import classes from "./top-bar.module.css";
import { usePlaces } from "./use-places.ts";

/** The places of the application side by side; where there is no room for that, `PlaceMenu` has them. */
export function MainNav({ role }: { role: Role }) {
  const t = useTranslations("shell");
  const { places, here } = usePlaces(role);
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
