"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconArrowBackUp, IconChevronDown, IconClockPause, IconFlag, IconFlagFilled } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { LateMenu } from "../../../_ui/late-menu.tsx";
import {
  type BoardItem,
  type BoardMark,
  type MarkKind,
  type MarkReason,
  markWord,
  mistakeOf,
} from "./board-answers.ts";
import classes from "./mark-menu.module.css";

/** What the person has said of a premises; `waiting`: the server does not answer, it goes out later. */
export interface StandingMark extends Pick<BoardMark, "mark" | "reason"> {
  waiting: boolean;
}

export interface MarkDeeds {
  mark(item: BoardItem, reason: MarkReason | null): void;
  withdraw(item: BoardItem): void;
}

/** Says of one premises that its verdict was a mistake, with a reason or without; or takes that back. */
export function MarkMenu({ item, mark, deeds }: { item: BoardItem; mark: StandingMark | null; deeds: MarkDeeds }) {
  const t = useTranslations("mark");
  if (mark) return <Marked item={item} mark={mark} onWithdraw={() => deeds.withdraw(item)} />;

  const word = t(markWord[mistakeOf(item)]);
  const because = t("because", { mark: word });
  return (
    <span className={classes.offer}>
      <Button
        size="compact-sm"
        variant="default"
        className={classes.main}
        leftSection={<IconFlag size={14} stroke={1.9} aria-hidden />}
        onClick={() => deeds.mark(item, null)}
        aria-label={`${word}: ${item.name}`}
      >
        <span data-word>{word}</span>
      </Button>
      <LateMenu
        label={because}
        width={220}
        load={() => import("./mark-reasons.tsx").then((module) => module.MarkReasons)}
        itemProps={{ label: because, onReason: (reason: MarkReason) => deeds.mark(item, reason) }}
        target={
          <ActionIcon
            variant="default"
            size={26}
            className={classes.more}
            aria-label={`${word}: ${t("withReason").toLowerCase()}`}
          >
            <IconChevronDown size={14} stroke={2} />
          </ActionIcon>
        }
      />
    </span>
  );
}

function Marked({ item, mark, onWithdraw }: { item: BoardItem; mark: StandingMark; onWithdraw: () => void }) {
  const t = useTranslations("mark");
  const word = t(markWord[mark.mark satisfies MarkKind]).toLowerCase();
  return (
    <span className={classes.marked}>
      <span className={classes.state}>
        <IconFlagFilled size={14} aria-hidden className={classes.flag} />
        {mark.reason === null
          ? t("marked", { mark: word })
          : t("markedWhy", { mark: word, reason: t(`reasonOf.${mark.reason}`) })}
        {mark.waiting && (
          <span className={classes.waiting}>
            <IconClockPause size={14} stroke={1.9} aria-hidden /> {t("waiting")}
          </span>
        )}
      </span>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        className={classes.withdraw}
        leftSection={<IconArrowBackUp size={15} stroke={1.9} aria-hidden />}
        onClick={onWithdraw}
        aria-label={`${t("withdraw")}: ${item.name}`}
      >
        {t("withdraw")}
      </Button>
    </span>
  );
}
