"use client";

import { ActionIcon, Modal, Switch } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useMedia } from "../../../_ui/use-media.ts";
import type { BoardItem } from "./board-answers.ts";
import classes from "./compare-table.module.css";
import { LikelihoodBadge } from "./likelihood-badge.tsx";
import { useFactRows } from "./premises-fact-rows.ts";
import { ReasonList } from "./reason-list.tsx";

/** What is never the same for two premises is no difference worth a sign. */
const ownToEach = new Set(["address", "section", "freeSince"]);

/** Up to four premises side by side, fact by fact; where they differ the row says so. */
export function CompareTable(props: {
  items: readonly BoardItem[];
  withLikelihood: boolean;
  onDrop: (item: BoardItem) => void;
  onClose: () => void;
}) {
  const { items } = props;
  const t = useTranslations("compare");
  const premises = useTranslations("premises");
  const likelihood = useTranslations("likelihood");
  const factRows = useFactRows();
  const narrow = useMedia("(max-width: 48em)");
  const [onlyDifferences, setOnlyDifferences] = useState(false);

  const facts = items.map(factRows);
  const rows = facts[0]!
    .map(({ fact, name }, row) => ({ fact, name, values: facts.map((of) => of[row]!.value) }))
    .map((row) => ({ ...row, differs: !ownToEach.has(row.fact) && new Set(row.values).size > 1 }))
    .filter(({ differs }) => differs || !onlyDifferences);

  return (
    <Modal
      opened
      onClose={props.onClose}
      fullScreen={narrow === true}
      size="78rem"
      title={t("title", { count: items.length })}
      // Else axe takes its <header> for a second banner of the page.
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Switch
        checked={onlyDifferences}
        onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
        label={t("onlyDifferences")}
        mb="sm"
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by key. */}
      <section className={classes.scroller} aria-label={t("scroller")} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <td className={classes.corner} />
              {items.map((item) => (
                <th key={item.premisesId} scope="col">
                  <span className={classes.head}>
                    <span>
                      <span className={classes.verdict} data-kept={item.decision === "keep" || undefined}>
                        {premises(item.decision === "keep" ? "verdictKept" : "verdictRemoved")}
                        {item.rank !== null && <> · {premises("rank", { rank: String(item.rank) })}</>}
                      </span>
                      <span className={classes.name}>{item.name}</span>
                    </span>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size={26}
                      aria-label={t("drop", { name: item.name })}
                      onClick={() => props.onDrop(item)}
                    >
                      <IconX size={15} />
                    </ActionIcon>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.withLikelihood && (
              <Row name={likelihood("title")}>
                {items.map((item) => (
                  <td key={item.premisesId}>
                    <LikelihoodBadge probability={item.probability} />
                  </td>
                ))}
              </Row>
            )}
            {rows.map(({ fact, name, values, differs }) => (
              <Row key={fact} name={name} differs={differs} differsWord={t("differs")}>
                {items.map((item, column) => (
                  <td key={item.premisesId} data-unknown={values[column] === null || undefined}>
                    {values[column] ?? premises("unknown")}
                  </td>
                ))}
              </Row>
            ))}
            <Row name={t("reasons")}>
              {items.map((item) => (
                <td key={item.premisesId}>
                  <ReasonList reasons={item.reasons} />
                  {item.remedy !== null && <p className={classes.remedy}>{item.remedy.text}</p>}
                </td>
              ))}
            </Row>
          </tbody>
        </table>
      </section>
    </Modal>
  );
}

function Row(props: { name: string; differs?: boolean; differsWord?: string; children: ReactNode }) {
  return (
    <tr data-differs={props.differs || undefined}>
      <th scope="row">
        {props.name}
        {props.differs && <span className={classes.dot} role="img" aria-label={props.differsWord} />}
      </th>
      {props.children}
    </tr>
  );
}
