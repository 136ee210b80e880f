"use client";

import { MultiSelect, Radio, Stack, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../trpc/client.tsx";
import type { LeadCard } from "../use-wish-words.ts";
import type { Answer, Field } from "./use-answers.ts";

/** What holds of the wishes before they are answered. */
export type KnownWishes = Pick<
  LeadCard,
  "areaFromSqm" | "areaToSqm" | "budgetRubMonth" | "brand" | "trades" | "districts" | "bank" | "networkSize"
>;

/** What was typed or chosen; only the part that the question asks for is used. */
export interface AnswerDraft {
  text: string;
  words: string[];
  choice: string | null;
}

/** The question for one wish, as it is answered: a figure, words of a list, or a choice. */
export function AnswerField(props: {
  field: Field;
  name: string;
  draft: AnswerDraft;
  error: string | null;
  onChange: (next: Partial<AnswerDraft>) => void;
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
export function draftOf(lead: KnownWishes, field: Field): AnswerDraft {
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
export function answerOf(field: Field, { text, words, choice }: AnswerDraft): Answer | null {
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
