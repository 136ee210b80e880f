"use client";

import { ActionIcon, Skeleton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { Problem } from "../../../_ui/problem.tsx";
import { useTRPC } from "../../../trpc/client.tsx";
import type { BoardItem } from "./board-answers.ts";
import classes from "./city-map.module.css";
import { placeNames } from "./city-names.ts";
import { nearestThatWay, type Point, placesAround, planCity } from "./city-plan.ts";

const size = { width: 400, height: 360 };
const dotRadius = 4.5;
/** Between the outermost dots and the border of their district: room for a name, and for the river. */
const dotsMargin = 7;
/** More dots in one district would hide each other; the rest is a number. */
const dotsMax = 48;
const ways: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A plan of the districts and the two banks with the premises in them: a premises has a district and no street corner. */
export function CityMap(props: {
  items: readonly BoardItem[];
  current: BoardItem | null;
  onChoose: (item: BoardItem) => void;
  onClose: () => void;
}) {
  const t = useTranslations("map");
  const trpc = useTRPC();
  const districts = useQuery(trpc.premises.districts.queryOptions(undefined, { staleTime: 3_600_000 }));
  return (
    <section className={classes.map} aria-labelledby="map-title">
      <div className={classes.top}>
        <h2 id="map-title" className={classes.title}>
          {t("title")}
        </h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t("close")} onClick={props.onClose}>
          <IconX size={18} />
        </ActionIcon>
      </div>
      {districts.isPending && <Skeleton height={size.height} radius="md" />}
      {districts.isError && (
        <Problem error={districts.error} onRetry={() => void districts.refetch()} retrying={districts.isFetching} />
      )}
      {districts.isSuccess && <Plan {...props} centres={districts.data} />}
    </section>
  );
}

interface Dot extends Point {
  item: BoardItem;
}

function Plan(props: {
  centres: Parameters<typeof planCity>[0];
  items: readonly BoardItem[];
  current: BoardItem | null;
  onChoose: (item: BoardItem) => void;
}) {
  const t = useTranslations("map");
  const premises = useTranslations("premises");
  const optionId = useId();
  const [active, setActive] = useState<string | null>(null);
  const plan = useMemo(() => planCity(props.centres, size), [props.centres]);
  const { dots, names, placeless } = useMemo(() => placeDots(plan, props.items), [plan, props.items]);
  if (plan.districts.length === 0) return <p className={classes.note}>{t("noDistricts")}</p>;

  const currentId = active ?? props.current?.premisesId ?? dots[0]?.item.premisesId;
  const at = dots.findIndex(({ item }) => item.premisesId === currentId);
  const activeDot = dots[at];

  const onKeyDown = (event: KeyboardEvent) => {
    const way = ways[event.key];
    if (way) {
      event.preventDefault();
      const next = dots[activeDot ? nearestThatWay(dots, activeDot, way) : 0];
      if (next) setActive(next.item.premisesId);
    }
    if ((event.key === "Enter" || event.key === " ") && activeDot) {
      event.preventDefault();
      props.onChoose(activeDot.item);
    }
  };

  return (
    <>
      <div
        className={classes.plan}
        role="listbox"
        tabIndex={0}
        aria-label={t("plan")}
        aria-activedescendant={activeDot ? `${optionId}-${activeDot.item.premisesId}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => setActive(props.current?.premisesId ?? null)}
      >
        <svg viewBox={`0 0 ${size.width} ${size.height}`} role="presentation">
          <g aria-hidden>
            {plan.districts.map(({ name, bank, cell }) => (
              <polygon
                key={name}
                className={classes.cell}
                data-bank={bank}
                points={cell.map(({ x, y }) => `${x},${y}`).join(" ")}
              />
            ))}
            {plan.river.map(([a, b]) => (
              <line key={`${a.x} ${a.y} ${b.x}`} className={classes.river} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
            ))}
          </g>
          {dots.map(({ item, x, y }) => {
            const kept = item.decision === "keep";
            return (
              <g
                key={item.premisesId}
                id={`${optionId}-${item.premisesId}`}
                role="option"
                aria-selected={item.premisesId === props.current?.premisesId}
                aria-label={`${item.address ?? item.name}, ${item.district}: ${premises(kept ? "verdictKept" : "verdictRemoved")}`}
                className={classes.dot}
                data-kept={kept || undefined}
                data-current={item.premisesId === props.current?.premisesId || undefined}
                data-active={item.premisesId === activeDot?.item.premisesId || undefined}
                onClick={() => props.onChoose(item)}
              >
                <title>{`${item.address ?? item.name}`}</title>
                {/* Easier to hit than what is drawn. */}
                <circle cx={x} cy={y} r={dotRadius + 3.5} className={classes.reach} />
                <circle cx={x} cy={y} r={dotRadius} className={classes.point} />
              </g>
            );
          })}
          <g aria-hidden>
            {names.map(({ name, words, at }) => (
              <text key={name} className={classes.name} {...at}>
                {words}
              </text>
            ))}
          </g>
        </svg>
      </div>
      <p className={classes.legend}>
        <span className={classes.sign} data-kept /> {premises("verdictKept")}
        <span className={classes.sign} /> {premises("verdictRemoved")}
        <span className={classes.signRiver} /> {t("river")}
      </p>
      <p className={classes.note}>
        {t("about")}
        {placeless > 0 && <> {t("placeless", { count: placeless })}</>}
      </p>
    </>
  );
}

/** Kept first, so that they are what is drawn where not all have room; the names where the dots leave room for them. */
function placeDots(plan: ReturnType<typeof planCity>, items: readonly BoardItem[]) {
  const of = new Map<string, BoardItem[]>(plan.districts.map(({ name }) => [name, []]));
  let placeless = 0;
  for (const item of items) {
    const list = of.get(item.district ?? "");
    if (list) list.push(item);
    else placeless += 1;
  }
  const districts = plan.districts.map(({ name, centre, radius }) => {
    const all = of.get(name)!;
    const more = all.length - dotsMax;
    const kept = all.filter((item) => item.decision === "keep");
    const drawn = [...kept, ...all.filter((item) => item.decision === "remove")].slice(0, dotsMax);
    const reach = Math.max(radius - dotRadius - dotsMargin, dotRadius);
    const places = placesAround(centre, drawn.length, reach, 3 * dotRadius);
    const dots = drawn.map((item, i): Dot => ({ item, ...places[i]! }));
    return { name, words: more > 0 ? `${name} +${more}` : name, centre, dots };
  });
  const at = placeNames(districts, { dotRadius, river: plan.river, size });
  const names = districts.map(({ name, words }) => ({ name, words, at: at.get(name)! }));
  return { dots: districts.flatMap(({ dots }) => dots), names, placeless };
}
