import { IconBan, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./run-status.module.css";

const icons = { done: IconCircleCheck, failed: IconCircleX, cancelled: IconBan } as const;

/** How a run that is over ended, by a sign and its word. */
export function RunStatus({ status, children }: { status: string; children: ReactNode }) {
  const Icon = icons[status as keyof typeof icons];
  return (
    <span className={classes.status} data-status={status}>
      <Icon size={17} stroke={1.8} aria-hidden />
      {children}
    </span>
  );
}
