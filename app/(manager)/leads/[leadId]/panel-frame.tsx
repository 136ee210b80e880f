"use client";

import { Drawer } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMedia } from "../../../_ui/use-media.ts";
import classes from "./panel-frame.module.css";

/** Where the details stand: beside the columns, which stay live, where there is room; else over them, from below on phones. */
export function PanelFrame({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations("premises");
  const docked = useMedia("(min-width: 75em)");
  const narrow = useMedia("(max-width: 48em)");
  if (docked === null) return null;
  if (docked)
    return (
      <aside className={classes.docked} aria-label={t("panel")}>
        {children}
      </aside>
    );
  return (
    <Drawer
      opened
      onClose={onClose}
      position={narrow ? "bottom" : "right"}
      size={narrow ? "86dvh" : 440}
      withCloseButton={false}
      padding={0}
      attributes={{ content: { "aria-label": t("panel") } }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      classNames={{ content: narrow ? classes.sheet : classes.drawer }}
    >
      {children}
    </Drawer>
  );
}
