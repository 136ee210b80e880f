"use client";

import { Button, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { IconBuildingStore, IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { Hollow } from "../../../_ui/hollow.tsx";
import type { ProposalContent, ProposalItem, ProposalView } from "../proposal-answers.ts";
import { AddPremises } from "./add-premises.tsx";
import classes from "./desk.module.css";
import type { DraftKeeper, KeptDraft } from "./draft-keeper.ts";
import { ItemCard } from "./item-card.tsx";

/** Everything of a draft that can be changed. Each change is kept at once. */
export function DraftForm({ view, keeper, draft }: { view: ProposalView; keeper: DraftKeeper; draft: KeptDraft }) {
  const t = useTranslations("proposal");
  const announce = useAnnounce();
  const { content } = draft;
  const [adding, setAdding] = useState(false);
  const [dragged, setDragged] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const picks = new Map(view.picks.map((pick) => [pick.premisesId, pick]));

  const change = (part: Partial<ProposalContent>, field: string) => keeper.edit({ ...content, ...part }, field);
  const setItem = (item: ProposalItem, field: string) =>
    change(
      { items: content.items.map((one) => (one.premisesId === item.premisesId ? item : one)) },
      `${field}:${item.premisesId}`,
    );
  const nameOf = ({ premisesId }: ProposalItem) => {
    const facts = picks.get(premisesId)?.facts;
    return facts?.address ?? facts?.name ?? premisesId;
  };

  const move = (premisesId: string, to: number) => {
    const from = content.items.findIndex((item) => item.premisesId === premisesId);
    const item = content.items[from];
    if (!item || to < 0 || to >= content.items.length || to === from) return;
    const items = content.items.toSpliced(from, 1).toSpliced(to, 0, item);
    change({ items }, "");
    announce(t("moved", { name: nameOf(item), place: to + 1, of: items.length }));
  };

  const remove = (item: ProposalItem) => {
    const place = content.items.indexOf(item);
    change({ items: content.items.filter((one) => one !== item) }, "");
    announce(t("removed", { name: nameOf(item) }));
    // The button that was pressed goes away; the focus stays where the next one is.
    requestAnimationFrame(() => {
      const handles = list.current?.querySelectorAll<HTMLElement>("[data-handle]");
      handles?.[Math.min(place, handles.length - 1)]?.focus();
    });
  };

  const setLocale = (locale: ProposalContent["locale"]) => {
    const untouched = Object.values(view.greetings).includes(content.greeting);
    change({ locale, greeting: untouched ? view.greetings[locale] : content.greeting }, "");
  };

  return (
    <>
      <section className={classes.card} aria-labelledby="proposal-letter">
        <div className={classes.cardHead}>
          <h2 id="proposal-letter">{t("letter")}</h2>
          <SegmentedControl
            size="xs"
            aria-label={t("language")}
            value={content.locale}
            onChange={(value) => setLocale(value === "en" ? "en" : "ru")}
            data={[
              { value: "ru", label: "Русский" },
              { value: "en", label: "English" },
            ]}
          />
        </div>
        <Textarea
          label={t("greeting")}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={2000}
          value={content.greeting}
          onChange={(event) => change({ greeting: event.currentTarget.value }, "greeting")}
        />
        <div className={classes.contact}>
          {(["name", "phone", "email"] as const).map((field) => (
            <TextInput
              key={field}
              label={t(`contact.${field}`)}
              type={field === "email" ? "email" : field === "phone" ? "tel" : "text"}
              maxLength={field === "phone" ? 60 : 120}
              value={content.contact[field]}
              onChange={(event) =>
                change({ contact: { ...content.contact, [field]: event.currentTarget.value } }, `contact:${field}`)
              }
            />
          ))}
        </div>
      </section>

      <section aria-labelledby="proposal-premises">
        <div className={classes.listHead}>
          <h2 id="proposal-premises">
            {t("premises")} <span className={classes.count}>{content.items.length}</span>
          </h2>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t("add")}
          </Button>
        </div>
        {content.items.length === 0 && (
          <div className={classes.card}>
            <Hollow icon={IconBuildingStore} title={t("empty")} text={t("emptyMore")} />
          </div>
        )}
        <ol className={classes.items} ref={list}>
          {content.items.map((item, place) => {
            const pick = picks.get(item.premisesId);
            if (!pick) return null;
            return (
              <ItemCard
                key={item.premisesId}
                item={item}
                pick={pick}
                name={nameOf(item)}
                place={place}
                of={content.items.length}
                reasons={draft.shown.reasons[item.premisesId] ?? []}
                dragged={dragged === item.premisesId}
                onDrag={setDragged}
                onDropOver={() => {
                  if (dragged !== null) move(dragged, place);
                }}
                onMove={(step) => move(item.premisesId, place + step)}
                onRemove={() => remove(item)}
                onChange={setItem}
              />
            );
          })}
        </ol>
      </section>
      {adding && <AddPremises view={view} keeper={keeper} draft={draft} onClose={() => setAdding(false)} />}
    </>
  );
}
