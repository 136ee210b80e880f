import type { ReactNode } from "react";
import classes from "./figure-line.module.css";

/** One line of a `dl`: what is counted, and at the other end what it came to. */
export function FigureLine({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
