"use client";

import { Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { CopyButton } from "../../../_ui/copy-button.tsx";
import classes from "./desk.module.css";

/** The proposal as text, to be pasted into whatever messenger the client answers in. */
export function MessageCard({ message }: { message: string }) {
  const t = useTranslations("proposal");
  return (
    <section className={classes.card} aria-labelledby="proposal-message">
      <div className={classes.cardHead}>
        <h2 id="proposal-message">{t("message")}</h2>
        <CopyButton text={message} label={t("copyMessage")} />
      </div>
      <Textarea
        readOnly
        aria-labelledby="proposal-message"
        autosize
        minRows={4}
        maxRows={12}
        value={message}
        onFocus={(event) => event.currentTarget.select()}
      />
    </section>
  );
}
