"use client";

import { Button, Kbd } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./pick-bar.module.css";

/** How many premises are ticked and what can be done with them; each deed is a child. Not there when nothing is ticked. */
export function PickBar({ count, onClear, children }: { count: number; onClear: () => void; children?: ReactNode }) {
  const t = useTranslations("pick");
  return (
    <section className={classes.bar} aria-label={t("title")}>
      <p className={classes.count} role="status">
        {t("count", { count })}
      </p>
      <div className={classes.deeds}>
        {children}
        <Button
          size="compact-md"
          variant="subtle"
          color="gray"
          className={classes.clear}
          onClick={onClear}
          rightSection={
            <Kbd size="xs" aria-hidden visibleFrom="md">
              Esc
            </Kbd>
          }
        >
          {t("clear")}
        </Button>
      </div>
    </section>
  );
}
