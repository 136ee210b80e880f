"use client";

import { Button, CloseButton, Loader } from "@mantine/core";
import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { BoardItem } from "./board-answers.ts";
import classes from "./lead-header-change.module.css";
import type { Answers, Told } from "./use-answers.ts";

/** Names that are shown of each side; the columns below have all. */
const namedMax = 12;

/** What the last answer changed on the board, in counts, with the list one press away and the way back beside it. */
export function LeadHeaderChange({ told, answers, onOpen }: { told: Told; answers: Answers; onOpen: OpenPremises }) {
  const t = useTranslations("answer");
  const [listed, setListed] = useState(false);
  const listId = useId();
  const field = t(`field.${told.field}`);
  if (told.kind === "saving")
    return (
      <p className={classes.strip}>
        <Loader size={14} aria-hidden />
        <span>{t("saving", { field })}</span>
      </p>
    );
  if (told.kind === "failed")
    return (
      <p className={classes.strip} data-failed>
        <IconAlertCircle size={16} stroke={1.8} aria-hidden />
        <span>{told.message}</span>
        <Button size="compact-sm" variant="default" onClick={told.retry}>
          {t("retry")}
        </Button>
        <CloseButton size="sm" className={classes.close} aria-label={t("close")} onClick={answers.forget} />
      </p>
    );
  const { entered, left } = told.change;
  const total = entered.length + left.length;
  return (
    <div className={classes.change}>
      <div className={classes.strip}>
        <IconCheck size={16} stroke={2} aria-hidden />
        <span>
          {t(told.withdrawn ? "withdrawn" : "saved", { field })}{" "}
          {total === 0 ? (
            t("changedNothing")
          ) : (
            <>
              {entered.length > 0 && (
                <strong className={classes.entered}>{t("entered", { count: entered.length })}</strong>
              )}
              {entered.length > 0 && left.length > 0 && ", "}
              {left.length > 0 && <strong className={classes.left}>{t("left", { count: left.length })}</strong>}
            </>
          )}
        </span>
        {total > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={listed}
            aria-controls={listId}
            onClick={() => setListed(!listed)}
          >
            {listed ? t("hideList") : t("showList")}
          </Button>
        )}
        {told.undo && (
          <Button size="compact-sm" variant="light" onClick={told.undo}>
            {t("undo")}
          </Button>
        )}
        <CloseButton size="sm" className={classes.close} aria-label={t("close")} onClick={answers.forget} />
      </div>
      {listed && (
        <div id={listId} className={classes.lists}>
          <NameList title={t("enteredTitle")} items={entered} onOpen={onOpen} />
          <NameList title={t("leftTitle")} items={left} onOpen={onOpen} />
        </div>
      )}
    </div>
  );
}

export type OpenPremises = (premisesId: string) => void;

function NameList({ title, items, onOpen }: { title: string; items: BoardItem[]; onOpen: OpenPremises }) {
  const t = useTranslations("answer");
  if (items.length === 0) return null;
  return (
    <section className={classes.list}>
      <h2 className={classes.listTitle}>{title}</h2>
      <ul>
        {items.slice(0, namedMax).map((item) => (
          <li key={item.premisesId}>
            <button type="button" className={classes.name} onClick={() => onOpen(item.premisesId)}>
              {item.address ?? item.name}
            </button>
          </li>
        ))}
        {items.length > namedMax && <li>{t("more", { count: items.length - namedMax })}</li>}
      </ul>
    </section>
  );
}
