"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef } from "react";
import type { Role } from "#/server/permissions.ts";
import classes from "./admin-nav.module.css";
import { adminPlaces } from "./admin-places.ts";

/** Where one is among the pages of the owner and the administrators: beside the page where there is room, else a row that scrolls. */
export function AdminNav({ role }: { role: Role }) {
  const t = useTranslations("admin");
  const path = usePathname();
  const id = useId();
  const places = adminPlaces.filter((place) => role === "admin" || !("onlyAdmin" in place));
  const bar = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is what may have put the current place out of sight.
  useEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>("[aria-current]");
    if (bar.current && current) bar.current.scrollLeft = current.offsetLeft - bar.current.clientWidth / 3;
  }, [path]);
  return (
    <nav ref={bar} className={classes.bar} aria-label={t("main")}>
      {[...Map.groupBy(places, ({ group }) => group)].map(([group, members]) => (
        <div key={group} className={classes.group}>
          <p id={`${id}${group}`} className={classes.title}>
            {t(`groups.${group}`)}
          </p>
          <ul aria-labelledby={`${id}${group}`}>
            {members.map(({ href, word }) => (
              <li key={href}>
                <Link
                  href={href}
                  prefetch={false}
                  className={classes.place}
                  aria-current={path === href || path.startsWith(`${href}/`) ? "page" : undefined}
                >
                  {t(`places.${word}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
