import Link from "next/link";
import type { ReactNode } from "react";
import classes from "./admin-page.module.css";

/** Above a page's title: to the list from which one comes. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className={classes.back}>
      ← {children}
    </Link>
  );
}
