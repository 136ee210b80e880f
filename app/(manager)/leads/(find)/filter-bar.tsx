"use client";

import { ActionIcon, Badge, Button, CloseButton, Popover, SegmentedControl, Tooltip } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconLayoutList, IconLayoutRows } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./filter-bar.module.css";
import { type Address, countFilters, noFilters } from "./find-address.ts";
import { SavedViews } from "./saved-views.tsx";

// Most searches are words alone: the fields come when they are first asked for.
const FilterFields = dynamic(() => import("./filter-fields.tsx").then((module) => module.FilterFields));

export interface FilterBarProps {
  me: RouterOutputs["me"]["get"];
  address: Address;
  choices: RouterOutputs["leads"]["choices"] | undefined;
  onChange: (next: Partial<Address>) => void;
  onReset: () => void;
}

/** Whose leads, the filters that hold as words that can be taken off, saved views, and how the rows look. */
export function FilterBar(props: FilterBarProps) {
  const { me, address, choices, onChange } = props;
  const t = useTranslations("filters");
  const count = countFilters(address);
  const pills = usePills(address, choices);

  return (
    <>
      <div className={classes.bar}>
        {me.managerId !== null && (
          <SegmentedControl
            size="xs"
            aria-label={t("whose")}
            value={address.whose ?? "all"}
            onChange={(whose) => onChange({ whose: whose === "all" ? null : (whose as Address["whose"]) })}
            data={[
              { value: "all", label: t("whoseAll") },
              { value: "mine", label: t("whoseMine") },
              { value: "unassigned", label: t("whoseUnassigned") },
            ]}
          />
        )}
        <Popover position="bottom-start" shadow="md" trapFocus width="min(27rem, calc(100vw - 1.5rem))" withinPortal>
          <Popover.Target>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconAdjustmentsHorizontal size={15} aria-hidden />}
              rightSection={
                count > 0 ? (
                  <Badge size="sm" circle={count < 10}>
                    {count}
                  </Badge>
                ) : null
              }
            >
              {t("title")}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={t("title")}>
            <FilterFields {...props} />
          </Popover.Dropdown>
        </Popover>
        <SavedViews me={me} address={address} onChoose={onChange} />
        <Tooltip label={address.view === "cards" ? t("toLines") : t("toCards")}>
          <ActionIcon
            className={classes.look}
            variant="subtle"
            color="gray"
            size="md"
            aria-label={address.view === "cards" ? t("toLines") : t("toCards")}
            onClick={() => onChange({ view: address.view === "cards" ? "lines" : "cards" })}
          >
            {address.view === "cards" ? <IconLayoutList size={17} /> : <IconLayoutRows size={17} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {pills.length > 0 && (
        <ul className={classes.pills} aria-label={t("chosen")}>
          {pills.map(({ names, words }) => (
            <li key={names[0]} className={classes.pill}>
              {words}
              <CloseButton
                size={24}
                iconSize={13}
                aria-label={t("takeOff", { filter: words })}
                onClick={() => onChange(Object.fromEntries(names.map((name) => [name, noFilters[name]])))}
              />
            </li>
          ))}
          <li>
            <Button size="compact-xs" variant="subtle" onClick={props.onReset}>
              {t("reset")}
            </Button>
          </li>
        </ul>
      )}
    </>
  );
}

type Pill = { names: (keyof typeof noFilters)[]; words: string };

function usePills(address: Address, choices: FilterBarProps["choices"]): Pill[] {
  const t = useTranslations("filters");
  const leads = useTranslations("leads");
  const figures = useFigures();
  const { whose, manager, from, to, district, trade, fill, seen } = address;
  const pills: Pill[] = [];
  if (whose !== null) pills.push({ names: ["whose"], words: t(whose === "mine" ? "whoseMine" : "whoseUnassigned") });
  if (from !== null && to !== null)
    pills.push({ names: ["from", "to"], words: `${figures.day(from)} – ${figures.day(to)}` });
  else if (from !== null) pills.push({ names: ["from"], words: t("since", { day: figures.day(from) }) });
  else if (to !== null) pills.push({ names: ["to"], words: t("until", { day: figures.day(to) }) });
  if (district !== null) pills.push({ names: ["district"], words: district });
  if (trade !== null) pills.push({ names: ["trade"], words: trade });
  if (manager !== null) {
    const known = choices?.managers?.find(({ managerId }) => managerId === manager);
    pills.push({ names: ["manager"], words: known?.name ?? leads("numbered", { id: manager }) });
  }
  if (fill !== null) pills.push({ names: ["fill"], words: t(`fillOf.${fill}`) });
  if (seen !== null) pills.push({ names: ["seen"], words: t(`seenOf.${seen}`) });
  return pills;
}
