"use client";

import { ActionIcon, Chip, Textarea } from "@mantine/core";
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconGripVertical, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { DragEvent, KeyboardEvent } from "react";
import { useFigures } from "../../../_ui/use-figures.ts";
import type { PickView, ProposalItem, ProposalView } from "../proposal-answers.ts";
import classes from "./item-card.module.css";
import { PriceField } from "./price-field.tsx";

/** One premises of a draft. It is moved by its handle, by buttons, and by Alt with the arrows from anywhere in it. */
export function ItemCard(props: {
  item: ProposalItem;
  pick: PickView;
  name: string;
  place: number;
  of: number;
  reasons: ProposalView["reasons"][string];
  dragged: boolean;
  onDrag: (premisesId: string | null) => void;
  /** Something that is dragged is over this card. */
  onDropOver: () => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
  onChange: (item: ProposalItem, field: string) => void;
}) {
  const { item, pick, name } = props;
  const t = useTranslations("proposal");
  const figures = useFigures();

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    const onHandle = (event.target as HTMLElement).closest("[data-handle]") !== null;
    if (step && (event.altKey || onHandle)) {
      event.preventDefault();
      // The board's and the page's own arrows are not meant.
      event.stopPropagation();
      props.onMove(step);
    } else if (onHandle && event.key === "Delete") props.onRemove();
  };
  const onDragStart = (event: DragEvent<HTMLElement>) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", name);
    props.onDrag(item.premisesId);
  };

  return (
    <li
      className={classes.card}
      data-dragged={props.dragged || undefined}
      data-premises={item.premisesId}
      onKeyDown={onKeyDown}
      onDragEnter={props.onDropOver}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => event.preventDefault()}
    >
      <div className={classes.head}>
        <button
          type="button"
          className={classes.handle}
          data-handle
          draggable
          aria-label={t("handle", { name, place: props.place + 1, of: props.of })}
          aria-keyshortcuts="ArrowUp ArrowDown Delete"
          title={t("handleMore")}
          onDragStart={onDragStart}
          onDragEnd={() => props.onDrag(null)}
        >
          <IconGripVertical size={18} stroke={1.7} aria-hidden />
        </button>
        <div className={classes.names}>
          <h3>{name}</h3>
          <p>
            {[
              pick.facts.areaSqm === null ? null : figures.area(pick.facts.areaSqm),
              pick.facts.district,
              pick.facts.address === null ? null : pick.facts.name,
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <div className={classes.tools}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("up", { name })}
            disabled={props.place === 0}
            onClick={() => props.onMove(-1)}
          >
            <IconArrowUp size={17} stroke={1.8} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("down", { name })}
            disabled={props.place === props.of - 1}
            onClick={() => props.onMove(1)}
          >
            <IconArrowDown size={17} stroke={1.8} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={t("remove", { name })} onClick={props.onRemove}>
            <IconTrash size={17} stroke={1.8} />
          </ActionIcon>
        </div>
      </div>
      {pick.today?.free === false && (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          {t("taken")}
        </p>
      )}
      <PriceField item={item} pick={pick} name={name} onChange={props.onChange} />
      {props.reasons.length > 0 && (
        <fieldset className={classes.reasons}>
          <legend>{t("reasons")}</legend>
          {props.reasons.map((reason) => (
            <Chip
              key={reason.name}
              size="xs"
              variant="outline"
              checked={!item.hidden.includes(reason.name)}
              onChange={(shown) =>
                props.onChange(
                  {
                    ...item,
                    hidden: shown
                      ? item.hidden.filter((hidden) => hidden !== reason.name)
                      : [...item.hidden, reason.name],
                  },
                  "",
                )
              }
            >
              {reason.text}
            </Chip>
          ))}
        </fieldset>
      )}
      <Textarea
        label={t("note")}
        placeholder={t("noteMore")}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={1000}
        value={item.note}
        onChange={(event) => props.onChange({ ...item, note: event.currentTarget.value }, "note")}
      />
    </li>
  );
}
