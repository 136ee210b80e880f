import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { StateTag } from "../../../../../_ui/state-tag.tsx";
import { useFigures } from "../../../../../_ui/use-figures.ts";
import { useFactRows } from "../../../../../(manager)/leads/[leadId]/premises-fact-rows.ts";
import { usePlaceWords } from "../../../../../(manager)/leads/[leadId]/premises-facts.tsx";
import type { PilotAnswer, PilotCase } from "./order-cases.ts";
import classes from "./review.module.css";

const buttons = [
  { said: "suitable", icon: IconCheck },
  { said: "unsuitable", icon: IconX },
  { said: "unsure", icon: IconQuestionMark },
] as const;

/** One premises and its three answers; under the cursor with every fact there is. */
export function CaseRow(props: {
  one: PilotCase;
  said: PilotAnswer | null;
  current: boolean;
  readOnly: boolean;
  onAnswer: (said: PilotAnswer) => void;
  onEnter: () => void;
}) {
  const { one, said, current, readOnly } = props;
  const t = useTranslations("pilot");
  const premises = useTranslations("premises");
  const figures = useFigures();
  const placeWords = usePlaceWords();
  const factRows = useFactRows();
  return (
    <li
      className={classes.row}
      data-case={one.premisesId}
      data-current={current || undefined}
      data-said={said ?? undefined}
      tabIndex={current ? 0 : -1}
      onFocus={props.onEnter}
      onPointerDown={props.onEnter}
    >
      <div className={classes.line}>
        <div className={classes.what}>
          <span className={classes.name}>{one.name}</span>
          <span className={classes.where}>{[one.address, placeWords(one)].filter(Boolean).join(" · ")}</span>
        </div>
        <span className={classes.figure}>
          {one.areaSqm === null ? premises("areaUnknown") : figures.area(one.areaSqm)}
        </span>
        <span className={classes.figure}>
          {one.rentRubMonth === null ? premises("rentUnknown") : figures.rub(one.rentRubMonth)}
        </span>
        {one.model && (
          <StateTag tone={one.model.kept ? "good" : "bad"}>{t(one.model.kept ? "wasKept" : "wasRemoved")}</StateTag>
        )}
        <fieldset className={classes.answers} aria-label={t("answerOf", { name: one.name })}>
          {buttons.map(({ said: which, icon: Icon }) => (
            <button
              key={which}
              type="button"
              tabIndex={current ? 0 : -1}
              className={classes.answer}
              data-which={which}
              aria-pressed={said === which}
              aria-label={t(`answer.${which}`)}
              title={t(`answer.${which}`)}
              disabled={readOnly}
              onClick={() => props.onAnswer(which)}
            >
              <Icon size={17} stroke={2} aria-hidden />
            </button>
          ))}
        </fieldset>
      </div>
      {current && (
        <dl className={classes.facts}>
          {factRows(one).map(({ fact, name, value }) => (
            <div key={fact}>
              <dt>{name}</dt>
              <dd>{value ?? premises("unknown")}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
