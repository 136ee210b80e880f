import Link from "next/link";
import type { ReactNode } from "react";
import classes from "./row-link.module.css";

/** A row of a list that is a way to its page: its name, what is known of it, and at its end how it stands. */
export function RowLink(props: {
  href: string;
  name: ReactNode;
  about: readonly (string | null)[];
  children: ReactNode;
}) {
  return (
    <Link href={props.href} className={classes.row}>
      <span className={classes.main}>
        <span className={classes.name}>{props.name}</span>
        <span className={classes.about}>{props.about.filter(Boolean).join(" · ")}</span>
      </span>
      <span className={classes.side}>{props.children}</span>
    </Link>
  );
}
