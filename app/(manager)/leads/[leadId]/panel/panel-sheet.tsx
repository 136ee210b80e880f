"use client";

import { Drawer } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./panel-frame.module.css";

/** The details on a phone: a sheet from below. */
export function PanelSheet({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations("premises");
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
