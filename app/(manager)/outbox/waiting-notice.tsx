"use client";

import { IconCloudOff, IconHourglass } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { useOutbox } from "./outbox-provider.tsx";
import classes from "./waiting-notice.module.css";

/** Says that there is no network or that the server asks to wait, which marks wait with it, and that nothing need be done about it. */
export function WaitingNotice() {
  const t = useTranslations("mark");
  const { pending, stuck } = useOutbox();
  const online = useSyncExternalStore(
    onNetwork,
    () => navigator.onLine,
    () => true,
  );
  const waiting = stuck !== null && pending.length > 0;
  const told = waiting && !stuck.offline ? stuck.message : null;
  const count = pending.reduce((sum, { marks }) => sum + marks.length, 0);
  return (
    <div role="status">
      {(waiting || !online) && (
        <p className={classes.notice}>
          {told === null ? (
            <IconCloudOff size={17} stroke={1.8} aria-hidden />
          ) : (
            <IconHourglass size={17} stroke={1.8} aria-hidden />
          )}
          <span>{told ?? (waiting ? t("offline") : t("offlineIdle"))}</span>
          {waiting && <strong>{t("waitingCount", { count })}</strong>}
        </p>
      )}
    </div>
  );
}

function onNetwork(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
