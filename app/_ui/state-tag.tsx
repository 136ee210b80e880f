import type { ReactNode } from "react";
import classes from "./state-tag.module.css";

/** In one word, how something stands: well, ill, on its way, or none of these. */
export function StateTag({ tone, children }: { tone?: "good" | "bad" | "open" | undefined; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
