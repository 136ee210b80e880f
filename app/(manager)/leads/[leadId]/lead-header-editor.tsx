"use client";

import { Button, Group, Loader, MultiSelect, Radio, Stack, TagsInput, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import type { LeadCard } from "../use-wish-words.ts";
import classes from "./lead-header-editor.module.css";
import type { Answer, Answers, Field } from "./use-answers.ts";

interface LeadHeaderEditorProps {
  lead: LeadCard;
  field: Field;
  name: string;
  value: string | null;
  /** Where the value came from, if it is an answer; it can be taken back. */
  notes: { answerId: string; source: string; beneath: string } | null;
  answers: Answers;
  onClose: () => void;
}

/** What was typed or chosen; only the part that the question asks for is used. */
interface Draft {
  text: string;
  words: string[];
  choice: string | null;
}

/** Takes an answer, and says before it is saved what it would change. Figures are read by the server, by the import's rules. */
export function LeadHeaderEditor({ lead, field, name, notes, answers, onClose }: LeadHeaderEditorProps) {
  const t = useTranslations("answer");
  const trpc = useTRPC();
  const [draft, setDraft] = useState<Draft>(() => draftOf(lead, field));
  const [untouched, setUntouched] = useState(true);
  const answer = answerOf(field, draft);
  const [settled] = useDebouncedValue(untouched ? null : answer, 350);
  const board = useQuery(
    trpc.matching.board.queryOptions({ leadId: lead.leadId, asOf: undefined }, { enabled: false }),
  );
  const whatIf = useQuery(
    trpc.matching.whatIf.queryOptions(
      { leadId: lead.leadId, answer: settled ?? { field: "bank", choice: "any" } },
      { enabled: settled !== null, retry: false, staleTime: 60_000 },
    ),
  );
  const isSettled = settled !== null && answer !== null && JSON.stringify(settled) === JSON.stringify(answer);
  const refusal = isSettled && whatIf.isError && readProblem(whatIf.error).status === 400;
  const preview = isSettled ? whatIf.data : undefined;

  const change = (next: Partial<Draft>) => {
    setUntouched(false);
    setDraft((before) => ({ ...before, ...next }));
  };
  const save = () => {
    if (!answer || refusal) return;
    if (!untouched) answers.give(answer, preview?.wishes);
    onClose();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="xs">
        <AnswerField
          field={field}
          name={name}
          draft={draft}
          onChange={change}
          error={refusal ? readProblem(whatIf.error).message : null}
        />
        <p className={classes.preview} aria-live="polite">
          {preview ? (
            <WhatIfWords kept={board.data?.items ?? []} keptIds={preview.keptIds} />
          ) : isSettled && whatIf.isFetching ? (
            <Loader size={14} aria-label={t("counting")} />
          ) : null}
        </p>
        {notes && (
          <p className={classes.notes}>
            {notes.source}
            <br />
            {notes.beneath}
          </p>
        )}
        <Group justify="space-between" gap="xs">
          {notes ? (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => {
                answers.withdraw(notes.answerId, field);
                onClose();
              }}
            >
              {t("takeBack")}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button size="compact-sm" type="submit" disabled={answer === null || refusal}>
              {t("save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

function WhatIfWords({ kept, keptIds }: { kept: { premisesId: string; decision: string }[]; keptIds: string[] }) {
  const t = useTranslations("answer");
  const before = new Set(kept.filter(({ decision }) => decision === "keep").map(({ premisesId }) => premisesId));
  const after = new Set(keptIds);
  const fit = keptIds.filter((id) => !before.has(id)).length;
  const gone = [...before].filter((id) => !after.has(id)).length;
  return <>{fit + gone === 0 ? t("wouldChangeNothing") : t("wouldChange", { fit, gone })}</>;
}

function AnswerField(props: {
  field: Field;
  name: string;
  draft: Draft;
  error: string | null;
  onChange: (next: Partial<Draft>) => void;
}) {
  const { field, name, draft, onChange } = props;
  const t = useTranslations("answer");
  const wishes = useTranslations("wishes");
  const trpc = useTRPC();
  const listed = field === "districts" || field === "trades";
  const choices = useQuery(trpc.leads.choices.queryOptions(undefined, { enabled: listed })).data;
  switch (field) {
    case "area":
    case "budget":
    case "brand":
      return (
        <TextInput
          data-autofocus
          label={name}
          placeholder={t(`example.${field}`)}
          inputMode={field === "budget" ? "decimal" : "text"}
          autoComplete="off"
          maxLength={field === "brand" ? 200 : 60}
          value={draft.text}
          error={props.error}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
      );
    case "trades":
      return (
        <TagsInput
          data-autofocus
          label={name}
          placeholder={draft.words.length === 0 ? t("example.trades") : ""}
          data={choices?.trades ?? []}
          value={draft.words}
          maxTags={20}
          acceptValueOnBlur
          comboboxProps={{ withinPortal: false }}
          onChange={(words) => onChange({ words })}
        />
      );
    case "districts":
      return (
        <MultiSelect
          data-autofocus
          label={name}
          placeholder={draft.words.length === 0 ? t("example.districts") : ""}
          data={[...new Set([...draft.words, ...(choices?.districts ?? [])])]}
          value={draft.words}
          searchable
          maxValues={20}
          comboboxProps={{ withinPortal: false }}
          onChange={(words) => onChange({ words })}
        />
      );
    case "bank":
    case "network_size": {
      const options =
        field === "bank"
          ? (["left", "right", "any"] as const).map((value) => ({ value, label: wishes(`bankOf.${value}`) }))
          : (["one", "few", "many", "chain"] as const).map((value) => ({ value, label: wishes(`networkOf.${value}`) }));
      return (
        <Radio.Group label={name} value={draft.choice} onChange={(choice) => onChange({ choice })}>
          <Stack gap={6} mt={6}>
            {options.map(({ value, label }, place) => (
              <Radio
                key={value}
                value={value}
                label={label}
                data-autofocus={draft.choice === value || (draft.choice === null && place === 0) || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
      );
    }
  }
}

/** The editor begins with what holds, as one would type it. */
function draftOf(lead: LeadCard, field: Field): Draft {
  const figure = (value: number) => String(value).replace(".", ",");
  const area = () => {
    const { areaFromSqm: from, areaToSqm: to } = lead;
    if (from !== null && to !== null) return from === to ? figure(from) : `${figure(from)}–${figure(to)}`;
    if (from !== null) return `от ${figure(from)}`;
    return to === null ? "" : `до ${figure(to)}`;
  };
  const text = {
    area: area(),
    budget: lead.budgetRubMonth === null ? "" : figure(lead.budgetRubMonth),
    brand: lead.brand ?? "",
  };
  return {
    text: field in text ? text[field as keyof typeof text] : "",
    words: field === "trades" ? lead.trades : field === "districts" ? lead.districts : [],
    choice: field === "bank" ? lead.bank : field === "network_size" ? lead.networkSize : null,
  };
}

/** null: nothing is answered yet. */
function answerOf(field: Field, { text, words, choice }: Draft): Answer | null {
  switch (field) {
    case "area":
    case "budget":
    case "brand":
      return text.trim() === "" ? null : { field, text };
    case "trades":
    case "districts":
      return words.length === 0 ? null : { field, words };
    case "bank":
    case "network_size":
      return choice === null ? null : ({ field, choice } as Answer);
  }
}
