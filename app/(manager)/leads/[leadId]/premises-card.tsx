"use client";

import { useTranslations } from "next-intl";
import { memo } from "react";
import { useFigures } from "../../../_ui/use-figures.ts";
import type { BoardItem } from "./board-answers.ts";
import { LikelihoodBadge } from "./likelihood-badge.tsx";
import { type MarkDeeds, MarkMenu, type StandingMark } from "./mark-menu.tsx";
import { PickBox } from "./pick-box.tsx";
import classes from "./premises-card.module.css";
import { UtilitySigns, usePlaceWords } from "./premises-facts.tsx";
import { ReasonList } from "./reason-list.tsx";

const reasonsShown = 3;

/** One premises in a column: what it is, how likely, why it stands here, and a way to say that this is wrong. */
export const PremisesCard = memo(function PremisesCard(props: {
  item: BoardItem;
  mark: StandingMark | null;
  /** The keys act on it. */
  current: boolean;
  /** Its details are open beside the columns. */
  opened: boolean;
  picked: boolean;
  /** Without a model the chance is not known. */
  withLikelihood: boolean;
  /** null: marks cannot be made here. */
  deeds: MarkDeeds | null;
  onOpen: (item: BoardItem) => void;
  /** `range`: with all from the cursor to here. */
  onPick: (item: BoardItem, range: boolean) => void;
  /** The focus came to anything on the card. */
  onFocus: (item: BoardItem) => void;
}) {
  const { item, mark } = props;
  const t = useTranslations("premises");
  const figures = useFigures();
  const place = usePlaceWords()(item);
  const title = item.address ?? item.name;

  return (
    <article
      className={classes.card}
      data-current={props.current || undefined}
      data-opened={props.opened || undefined}
      data-marked={mark !== null || undefined}
      data-picked={props.picked || undefined}
      // With Shift the browser would select the text in between, and the focus would move the range's beginning.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onFocusCapture={() => props.onFocus(item)}
    >
      <div className={classes.head}>
        <PickBox name={title} picked={props.picked} onPick={(event) => props.onPick(item, event.shiftKey)} />
        {item.rank !== null && (
          <span className={classes.rank} role="img" aria-label={t("rank", { rank: String(item.rank) })}>
            {item.rank}
          </span>
        )}
        <h3 className={classes.title}>
          <button
            type="button"
            className={classes.open}
            onClick={(event) => {
              if (event.shiftKey || event.ctrlKey || event.metaKey) props.onPick(item, event.shiftKey);
              else props.onOpen(item);
            }}
            data-premises={item.premisesId}
            aria-expanded={props.opened}
          >
            {title}
          </button>
        </h3>
        {props.withLikelihood && (
          <span className={classes.chance}>
            <LikelihoodBadge probability={item.probability} />
          </span>
        )}
      </div>

      <p className={classes.where}>
        {item.address !== null && <span>{item.name}</span>}
        {place !== "" && <span>{place}</span>}
      </p>

      <div className={classes.figures}>
        <span className={classes.figure}>{item.areaSqm === null ? t("areaUnknown") : figures.area(item.areaSqm)}</span>
        <span className={classes.figure}>
          {item.rentRubMonth === null ? t("rentUnknown") : t("perMonth", { value: figures.rub(item.rentRubMonth) })}
        </span>
        {item.rentRubMonth !== null && item.areaSqm !== null && (
          <span className={classes.perSqm}>
            {t("perSqm", { value: figures.rub(item.rentRubMonth / item.areaSqm) })}
          </span>
        )}
        <UtilitySigns item={item} />
        {props.deeds !== null && mark === null && (
          <span className={classes.offer}>
            <MarkMenu item={item} mark={null} deeds={props.deeds} />
          </span>
        )}
      </div>

      <ReasonList reasons={item.reasons.slice(0, reasonsShown)} />

      {item.remedy !== null && <p className={classes.remedy}>{item.remedy.text}</p>}

      {props.deeds !== null && mark !== null && (
        <div className={classes.foot}>
          <MarkMenu item={item} mark={mark} deeds={props.deeds} />
        </div>
      )}
    </article>
  );
});
