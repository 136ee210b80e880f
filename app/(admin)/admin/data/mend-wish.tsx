"use client";

import { Button, Group, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AnswerField, answerOf, draftOf, type KnownWishes } from "../../../(manager)/leads/[leadId]/answer-field.tsx";
import type { Field } from "../../../(manager)/leads/[leadId]/use-answers.ts";
import classes from "./data.module.css";
import type { Mend } from "./use-mend.ts";

const nothing: KnownWishes = {
  areaFromSqm: null,
  areaToSqm: null,
  budgetRubMonth: null,
  brand: null,
  trades: [],
  districts: [],
  bank: null,
  networkSize: null,
};

/** The question for one wish, answered on the spot. */
export function MendWish(props: {
  leadId: string;
  field: Field;
  name: string;
  known: Partial<KnownWishes>;
  mend: Mend;
  onClose: () => void;
}) {
  const t = useTranslations("answer");
  const [draft, setDraft] = useState(() => draftOf({ ...nothing, ...props.known }, props.field));
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const answer = answerOf(props.field, draft);
  const save = async () => {
    if (!answer) return;
    setSaving(true);
    const why = await props.mend.save(props.leadId, answer);
    setSaving(false);
    setRefusal(why);
    if (why === null) props.onClose();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="xs">
        <AnswerField
          field={props.field}
          name={props.name}
          draft={draft}
          error={refusal}
          onChange={(next) => {
            setRefusal(null);
            setDraft((before) => ({ ...before, ...next }));
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button size="compact-sm" variant="default" onClick={props.onClose}>
            {t("cancel")}
          </Button>
          <Button size="compact-sm" type="submit" disabled={!answer} loading={isSaving}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What was just put right, with the way back. */
export function MendTold({ mend }: { mend: Mend }) {
  const t = useTranslations("data");
  const answer = useTranslations("answer");
  const { told } = mend;
  if (!told) return null;
  return (
    <p className={classes.told}>
      {t("toldMended", { leadId: told.leadId, field: answer(`field.${told.field}`) })}
      <Button size="compact-xs" variant="subtle" onClick={() => void told.undo()}>
        {answer("undo")}
      </Button>
    </p>
  );
}
