"use client";

import { Drawer } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMedia } from "../../../../_ui/use-media.ts";
import classes from "./panel-frame.module.css";

/** Where the details stand: beside the columns, or over the second of them, which stay live; on phones from below. */
export function PanelFrame({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations("premises");
  const narrow = useMedia("(max-width: 48em)");
  if (narrow === null) return null;
  if (!narrow)
    return (
      <aside className={classes.docked} aria-label={t("panel")}>
        {children}
      </aside>
    );
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="86dvh"
      withCloseButton={false}
      padding={0}
      attributes={{ content: { "aria-label": t("panel") } }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      classNames={{ content: classes.sheet }}
    >
      {children}
    </Drawer>
  );
}
