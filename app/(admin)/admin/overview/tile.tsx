"use client";

import { IconArrowRight } from "@tabler/icons-react";
import Link from "next/link";
import { type ReactNode, useId } from "react";
import classes from "./overview.module.css";

/** How a figure stands to what is asked of it; null: nothing is asked, or it cannot be told yet. */
export type Standing = "good" | "bad" | "open" | null;

/** One answer of the overview; all of it leads to the page where it is looked into. */
export function Tile(props: {
  title: string;
  href: string;
  standing?: Standing;
  /** The answer in a few words. */
  answer: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes.tile} aria-labelledby={id} data-standing={props.standing ?? undefined}>
      <h2 id={id} className={classes.tileTitle}>
        <Link href={props.href} className={classes.cover}>
          {props.title}
          <IconArrowRight size={16} aria-hidden />
        </Link>
      </h2>
      <p className={classes.answer}>{props.answer}</p>
      {props.children}
    </section>
  );
}

export function TileLines({ children }: { children: ReactNode }) {
  return <dl className={classes.lines}>{children}</dl>;
}
