"use client";

import { Badge, Button, CloseButton, Loader, NativeSelect, NumberInput, Switch, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import {
  IconAdjustmentsHorizontal,
  IconBuildingOff,
  IconBuildingStore,
  IconSearch,
  IconSearchOff,
} from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { use, useEffect, useId, useRef, useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Hollow } from "../../../_ui/hollow.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPCClient } from "../../../trpc/client.tsx";
import { NothingYet } from "../../first-run/nothing-yet.tsx";
import { SearchBoxContext } from "../../search-box.ts";
import classes from "./premises-finder.module.css";
import { PremisesList, PremisesSkeletons } from "./premises-list.tsx";
import { premisesAddress, premisesPages, premisesSorts } from "./premises-query.ts";

const none = {
  q: null,
  all: null,
  district: null,
  bank: null,
  areaFrom: null,
  areaTo: null,
  rentFrom: null,
  rentTo: null,
} as const;

/** Fields that a phone folds away, and counts where they are set. */
const folded = ["district", "bank", "areaFrom", "areaTo", "rentFrom", "rentTo"] as const;

/** The search of premises: one box, a line of filters, one list, all of it in the address. */
export function PremisesFinder({ me }: { me: RouterOutputs["me"]["get"] }) {
  const t = useTranslations("stock");
  const wishes = useTranslations("wishes");
  const client = useTRPCClient();
  const [address, setAddress] = useQueryStates(premisesAddress, { throttleMs: 250 });
  const [settled] = useDebouncedValue(address, 180);
  const [typed, setTyped] = useState(address.q);
  const [unfolded, setUnfolded] = useState(false);
  const filtersId = useId();
  const input = useRef<HTMLInputElement>(null);
  const offerSearchBox = use(SearchBoxContext);

  useEffect(() => {
    offerSearchBox({ focus: () => input.current?.select() });
    return () => offerSearchBox(null);
  }, [offerSearchBox]);

  // The back button moves the address, and the box follows it.
  const [seen, setSeen] = useState(address.q);
  if (seen !== address.q) {
    setSeen(address.q);
    setTyped(address.q);
  }

  const found = useInfiniteQuery({
    ...premisesPages(settled, (wanted) => client.premises.find.query(wanted)),
    placeholderData: keepPreviousData,
  });
  const rows = found.data?.pages.flatMap((page) => page.premises) ?? [];
  const [first] = found.data?.pages ?? [];
  const isSet = (name: keyof typeof none) => Boolean(address[name]);
  const filtered = (Object.keys(none) as (keyof typeof none)[]).some(isSet);
  const set = folded.filter(isSet).length;

  const search = (text: string) => {
    setTyped(text);
    setSeen(text);
    void setAddress({ q: text === "" ? null : text });
  };
  const reset = () => {
    setTyped("");
    setSeen("");
    void setAddress(none);
    input.current?.focus();
  };
  const number = (name: "areaFrom" | "areaTo" | "rentFrom" | "rentTo") => (
    <NumberInput
      size="sm"
      label={t(name)}
      value={address[name] ?? ""}
      onChange={(value) => void setAddress({ [name]: typeof value === "number" && value > 0 ? value : null })}
      min={0}
      hideControls
      thousandSeparator=" "
      decimalSeparator=","
      allowedDecimalSeparators={[",", "."]}
      className={classes.number}
    />
  );

  return (
    <div className={classes.page}>
      <Title order={1} className={classes.name}>
        {t("title")}
      </Title>
      <search>
        <TextInput
          ref={input}
          size="md"
          type="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          aria-label={t("search")}
          placeholder={t("placeholder")}
          onChange={(event) => search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.code === "Escape" && typed !== "") search("");
          }}
          leftSection={<IconSearch size={19} stroke={1.8} aria-hidden />}
          rightSection={
            found.isFetching && !found.isFetchingNextPage ? (
              <Loader size={16} aria-hidden />
            ) : typed === "" ? null : (
              <CloseButton aria-label={t("clear")} onClick={() => search("")} size="sm" />
            )
          }
          classNames={{ input: classes.input }}
        />
        <Button
          className={classes.fold}
          size="xs"
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={15} aria-hidden />}
          rightSection={set > 0 ? <Badge circle>{set}</Badge> : null}
          aria-expanded={unfolded}
          aria-controls={filtersId}
          onClick={() => setUnfolded(!unfolded)}
        >
          {t("filters")}
        </Button>
        <div id={filtersId} className={classes.filters} data-unfolded={unfolded || undefined}>
          <NativeSelect
            size="sm"
            label={t("district")}
            value={address.district ?? ""}
            onChange={(event) => void setAddress({ district: event.currentTarget.value || null })}
            data={[
              { value: "", label: t("any") },
              ...(first?.districts ?? (address.district ? [address.district] : [])),
            ]}
          />
          <NativeSelect
            size="sm"
            label={t("bank")}
            value={address.bank ?? ""}
            onChange={(event) =>
              void setAddress({ bank: (event.currentTarget.value || null) as "left" | "right" | null })
            }
            data={[
              { value: "", label: t("any") },
              { value: "left", label: wishes("bankOf.left") },
              { value: "right", label: wishes("bankOf.right") },
            ]}
          />
          {number("areaFrom")}
          {number("areaTo")}
          {number("rentFrom")}
          {number("rentTo")}
          <NativeSelect
            size="sm"
            label={t("sort")}
            value={address.sort}
            onChange={(event) => void setAddress({ sort: event.currentTarget.value as (typeof premisesSorts)[number] })}
            data={premisesSorts.map((value) => ({ value, label: t(`sortOf.${value}`) }))}
          />
        </div>
      </search>
      <div className={classes.heading}>
        <Switch
          checked={!address.all}
          onChange={(event) => void setAddress({ all: event.currentTarget.checked ? null : true })}
          label={t("freeOnly")}
        />
        <span className={classes.count} role="status">
          {first && !found.isPlaceholderData
            ? address.all
              ? t("countAll", { count: first.total, free: String(first.free) })
              : t("countFree", { count: first.total })
            : null}
        </span>
        {filtered && (
          <Button variant="subtle" size="compact-sm" onClick={reset}>
            {t("reset")}
          </Button>
        )}
      </div>

      {found.isPending && <PremisesSkeletons />}
      {rows.length > 0 && (
        <PremisesList
          rows={rows}
          total={first?.total ?? rows.length}
          stale={found.isPlaceholderData}
          hasMore={found.hasNextPage}
          onMore={() => {
            if (!found.isFetchingNextPage && !found.isError) void found.fetchNextPage();
          }}
        />
      )}
      {found.isError && (
        <Problem
          error={found.error}
          onRetry={() => void (rows.length > 0 ? found.fetchNextPage() : found.refetch())}
          retrying={found.isFetching}
        />
      )}
      {first?.anyPremises === false && <NothingYet me={me} what="premises" icon={IconBuildingStore} />}
      {first?.anyPremises && rows.length === 0 && (
        <Hollow
          icon={filtered ? IconSearchOff : IconBuildingOff}
          title={filtered ? t("nothing") : t("empty")}
          text={filtered ? t("nothingMore") : t("emptyMore")}
        >
          {!address.all && (
            <Button variant="default" onClick={() => void setAddress({ all: true })}>
              {t("showLet")}
            </Button>
          )}
        </Hollow>
      )}
    </div>
  );
}
