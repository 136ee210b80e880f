"use client";

import { Button, Kbd } from "@mantine/core";
import { IconChecks, IconFlag, IconTable, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { StartProposal } from "../../proposals/start-proposal.tsx";
import type { BoardItem } from "./board-answers.ts";
import classes from "./pick-bar.module.css";
import type { RemovalGroup } from "./split-board.ts";
import type { Side } from "./use-board-cursor.ts";
import { comparedMin } from "./use-board-walk.ts";
import type { Picks } from "./use-picks.ts";

/** As the server takes them; more than this no client reads. */
const proposedMax = 20;

/** A deed that is its sign alone on a phone, and its words to whoever cannot see. */
const sign = { section: classes.section ?? "" };

/** How many premises are ticked, the rest of their column with one press, and what can be done with all of them. */
export function PickBar(props: {
  picks: Picks;
  /** The column where ticks are set, as it is filtered. */
  column: { side: Side; why: RemovalGroup | null; items: readonly BoardItem[] };
  /** null: nothing can be proposed to a client from here. */
  proposeTo: string | null;
  onCompare: () => void;
  /** null: marks cannot be made here. */
  onMark: (() => void) | null;
}) {
  const { picks, column } = props;
  const t = useTranslations("pick");
  const reason = useTranslations("reason");
  const compare = useTranslations("compare");
  const together = useTranslations("together");
  const { items } = picks;
  const which = column.side === "remove" && column.why !== null ? "group" : column.side;
  const group = column.why === null ? "" : reason(column.why);
  return (
    <section className={classes.bar} aria-label={t("title")}>
      <div className={classes.deeds}>
        <p className={classes.count} role="status">
          {t("count", { count: items.length })}
        </p>
        {!column.items.every(picks.has) && (
          <Button
            size="compact-md"
            variant="subtle"
            leftSection={<IconChecks size={16} stroke={1.8} aria-hidden />}
            rightSection={<KeyHint>A</KeyHint>}
            onClick={() => picks.add(column.items)}
          >
            {t("all", { which, group, count: column.items.length })}
          </Button>
        )}
      </div>
      <div className={classes.deeds}>
        {props.proposeTo !== null && items.length <= proposedMax && (
          <StartProposal leadId={props.proposeTo} premisesIds={items.map((item) => item.premisesId)} />
        )}
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconTable size={16} stroke={1.8} aria-hidden />}
          rightSection={<KeyHint>C</KeyHint>}
          disabled={items.length < comparedMin}
          classNames={sign}
          onClick={props.onCompare}
        >
          <span className={classes.word}>{compare("open")}</span>
        </Button>
        {props.onMark && (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconFlag size={16} stroke={1.8} aria-hidden />}
            rightSection={<KeyHint>Shift X</KeyHint>}
            classNames={sign}
            onClick={props.onMark}
          >
            <span className={classes.word}>{together("picked")}</span>
          </Button>
        )}
        <Button
          size="compact-md"
          variant="subtle"
          color="gray"
          className={classes.clear}
          classNames={sign}
          leftSection={<IconX className={classes.phoneSign} size={16} stroke={1.8} aria-hidden />}
          rightSection={<KeyHint>Esc</KeyHint>}
          onClick={picks.clear}
        >
          <span className={classes.word}>{t("clear")}</span>
        </Button>
      </div>
    </section>
  );
}

function KeyHint({ children }: { children: string }) {
  return (
    <Kbd size="xs" aria-hidden visibleFrom="md">
      {children}
    </Kbd>
  );
}
