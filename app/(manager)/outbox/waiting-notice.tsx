"use client";

import { IconCloudOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useOutbox } from "./outbox-provider.tsx";
import classes from "./waiting-notice.module.css";

/** Says that marks wait for the network, and that nothing need be done about it. */
export function WaitingNotice() {
  const t = useTranslations("mark");
  const { pending, stuck } = useOutbox();
  const shown = stuck && pending.length > 0;
  const count = pending.reduce((sum, { marks }) => sum + marks.length, 0);
  return (
    <div role="status">
      {shown && (
        <p className={classes.notice}>
          <IconCloudOff size={17} stroke={1.8} aria-hidden />
          <span>{t("offline")}</span>
          <strong>{t("waitingCount", { count })}</strong>
        </p>
      )}
    </div>
  );
}
