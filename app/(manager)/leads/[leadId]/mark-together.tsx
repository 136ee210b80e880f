"use client";

import { Button, Modal, Radio } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type BoardItem, type MarkReason, markReasons, markWord, mistakeOf } from "./board-answers.ts";
import type { StandingMark } from "./mark-menu.tsx";
import classes from "./mark-together.module.css";

/** The server takes no more marks in one deed. */
const marksMax = 500;
const words = ["wronglyRemoved", "wronglyKept"] as const;

/** Shows how many marks a deed would make before it is done, by kind, and asks for one reason for all. */
export function MarkTogether(props: {
  items: readonly BoardItem[];
  markOf: (item: BoardItem) => StandingMark | null;
  onMark: (items: BoardItem[], reason: MarkReason | null) => void;
  onClose: () => void;
}) {
  const t = useTranslations("together");
  const mark = useTranslations("mark");
  const [reason, setReason] = useState<MarkReason | null>(null);
  const unmarked = props.items.filter((item) => props.markOf(item) === null);
  const fresh = unmarked.slice(0, marksMax);
  const countOf = (word: (typeof words)[number]) => fresh.filter((item) => markWord[mistakeOf(item)] === word).length;

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={fresh.length === 0 ? t("nothing") : t("title", { count: fresh.length })}
      size="md"
      // Else axe takes its <header> for a second banner of the page.
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          props.onMark(fresh, reason);
        }}
      >
        <dl className={classes.counts}>
          {words
            .filter((word) => countOf(word) > 0)
            .map((word) => (
              <div key={word}>
                <dt>{t(word)}</dt>
                <dd>{countOf(word)}</dd>
              </div>
            ))}
          {props.items.length > unmarked.length && (
            <div>
              <dt>{t("already")}</dt>
              <dd>{props.items.length - unmarked.length}</dd>
            </div>
          )}
        </dl>
        {unmarked.length > fresh.length && <p className={classes.note}>{t("tooMany", { max: marksMax })}</p>}
        {fresh.length > 0 && (
          <>
            <Radio.Group
              label={t("reason")}
              value={reason ?? ""}
              onChange={(value) => setReason(markReasons.find((known) => known === value) ?? null)}
            >
              <div className={classes.reasons}>
                <Radio value="" label={t("noReason")} />
                {markReasons.map((known) => (
                  <Radio key={known} value={known} label={mark(`reasonOf.${known}`)} />
                ))}
              </div>
            </Radio.Group>
            <p className={classes.note}>{t("undoable")}</p>
          </>
        )}
        <div className={classes.deeds}>
          <Button variant="default" onClick={props.onClose}>
            {t("cancel")}
          </Button>
          {fresh.length > 0 && (
            <Button type="submit" data-autofocus>
              {t("confirm", { count: fresh.length })}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
