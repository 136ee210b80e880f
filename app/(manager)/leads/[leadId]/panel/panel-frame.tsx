"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMedia } from "../../../../_ui/use-media.ts";
import classes from "./panel-frame.module.css";

const PanelSheet = dynamic(() => import("./panel-sheet.tsx").then((module) => module.PanelSheet), { ssr: false });

/** Where the details stand: beside the columns, or over the second of them, which stay live; on phones from below. */
export function PanelFrame({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations("premises");
  const narrow = useMedia("(max-width: 48em)");
  if (narrow === null) return null;
  if (narrow) return <PanelSheet onClose={onClose}>{children}</PanelSheet>;
  return (
    <aside className={classes.docked} aria-label={t("panel")}>
      {children}
    </aside>
  );
}
