"use client";

import { Popover, Tooltip, UnstyledButton } from "@mantine/core";
import { IconMessageQuestion, IconPencil } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFigures } from "../../../_ui/use-figures.ts";
import type { LeadCard } from "../use-wish-words.ts";
import classes from "./lead-header.module.css";
import type { Answers, Field } from "./use-answers.ts";

// A lead whose wishes are filled needs no editor.
const LeadHeaderEditor = dynamic(() => import("./lead-header-editor.tsx").then((module) => module.LeadHeaderEditor));

interface LeadHeaderWishProps {
  lead: LeadCard;
  field: Field;
  name: string;
  /** null: the lead did not say. */
  value: string | null;
  /** What the CRM says beneath an answer; null: nothing. */
  crm: string | null;
  /** null: the wish is only to be read. */
  answers: Answers | null;
}

/** One wish: what the lead said, or the question that is to be put to it, answered on the spot. */
export function LeadHeaderWish({ lead, field, name, value, crm, answers }: LeadHeaderWishProps) {
  const t = useTranslations("answer");
  const wishes = useTranslations("wishes");
  const figures = useFigures();
  const [opened, setOpened] = useState(false);
  const given = lead.answers.find((answer) => answer.field === field);
  const source = given && t("source", { who: given.givenBy ?? t("someone"), day: figures.day(given.givenOn) });
  const beneath = given && t("beneath", { value: crm ?? wishes("unknown") });

  const words = value ?? (answers ? t(`missing.${field}`) : wishes("unknown"));
  const said = given ? (
    <Tooltip label={`${source}. ${beneath}`} multiline maw={280}>
      <span className={classes.answered}>{t("told")}</span>
    </Tooltip>
  ) : null;

  return (
    <div className={classes.wish}>
      <dt>
        {name} {said}
      </dt>
      <dd data-unknown={value === null || undefined}>
        {answers ? (
          <Popover
            opened={opened}
            onChange={setOpened}
            position="bottom-start"
            shadow="md"
            width={320}
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <UnstyledButton
                className={classes.answerable}
                data-question={value === null || undefined}
                onClick={() => setOpened(!opened)}
                aria-label={t(value === null ? "ask" : "correct", { name, value: words })}
              >
                {words}
                {value === null ? (
                  <IconMessageQuestion size={15} stroke={1.8} aria-hidden />
                ) : (
                  <IconPencil size={13} stroke={1.8} className={classes.pencil} aria-hidden />
                )}
              </UnstyledButton>
            </Popover.Target>
            <Popover.Dropdown aria-label={name}>
              {opened && (
                <LeadHeaderEditor
                  lead={lead}
                  field={field}
                  name={name}
                  value={value}
                  notes={given && source && beneath ? { answerId: given.answerId, source, beneath } : null}
                  answers={answers}
                  onClose={() => setOpened(false)}
                />
              )}
            </Popover.Dropdown>
          </Popover>
        ) : (
          words
        )}
      </dd>
    </div>
  );
}
