import type { ReactNode } from "react";
import classes from "./facts.module.css";

/** What is known of something, in a line: its children, with a dot between each two. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return <p className={[classes.facts, className].join(" ")}>{children}</p>;
}
