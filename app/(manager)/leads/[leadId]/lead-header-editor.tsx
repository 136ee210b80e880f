"use client";

import { Button, Group, Loader, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import type { LeadCard } from "../use-wish-words.ts";
import { type AnswerDraft, AnswerField, answerOf, draftOf } from "./answer-field.tsx";
import classes from "./lead-header-editor.module.css";
import type { Answers, Field } from "./use-answers.ts";

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

/** Takes an answer, and says before it is saved what it would change. Figures are read by the server, by the import's rules. */
export function LeadHeaderEditor({ lead, field, name, notes, answers, onClose }: LeadHeaderEditorProps) {
  const t = useTranslations("answer");
  const trpc = useTRPC();
  const [draft, setDraft] = useState<AnswerDraft>(() => draftOf(lead, field));
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

  const change = (next: Partial<AnswerDraft>) => {
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
  if (fit + gone === 0) return t("wouldChangeNothing");
  const changes = [fit > 0 && t("wouldFit", { count: fit }), gone > 0 && t("wouldGo", { count: gone })];
  return t("wouldChange", { changes: changes.filter(Boolean).join(", ") });
}
