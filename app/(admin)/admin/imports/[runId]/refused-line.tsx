"use client";

import { Button, Collapse, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { StateTag } from "../../../../_ui/state-tag.tsx";
import page from "../../../admin-page.module.css";
import classes from "../imports.module.css";
import { useImportWords } from "../use-import-words.ts";
import { lineKey, type Mending } from "./use-mending.ts";

type Line = RouterOutputs["imports"]["refused"]["lines"][number];

/** One line: where it stands, what is wrong with it, and its cells to be mended; `mending` is null where nobody may. */
export function RefusedLine({ line, mending }: { line: Line; mending: Mending | null }) {
  const t = useTranslations("imports.refused");
  const [opened, setOpened] = useState(false);
  const place = { file: line.file, line: line.line };
  return (
    <li className={classes.line}>
      <div className={classes.lineHead}>
        <span className={classes.linePlace}>{t("line", { file: line.file, line: line.line })}</span>
        {line.mendedByRunId === null ? (
          <StateTag tone={line.whole ? "bad" : undefined}>{t(line.whole ? "whole" : "value")}</StateTag>
        ) : (
          <Link href={`/admin/imports/${line.mendedByRunId}`} prefetch={false}>
            <StateTag tone="good">{t("mended", { id: String(line.mendedByRunId) })}</StateTag>
          </Link>
        )}
        {mending && line.mendedByRunId === null && (
          <Button
            variant="subtle"
            size="compact-sm"
            className={classes.edit}
            leftSection={<IconPencil size={15} />}
            onClick={() => setOpened(!opened)}
            aria-expanded={opened}
            aria-label={opened ? undefined : t("editOf", place)}
          >
            {t(opened ? "close" : "edit")}
          </Button>
        )}
      </div>
      <ul className={classes.problems}>
        {line.problems.map(({ column, header, value, why }) => (
          <li key={`${column} ${why}`}>
            {header === null ? why : t("inColumn", { column: header, why })}
            {value !== null && value !== "" && <code className={classes.wrong}>{value}</code>}
          </li>
        ))}
      </ul>
      {line.fields === null && line.mendedByRunId === null && <p className={classes.note}>{t("notKept")}</p>}
      {mending && line.fields && line.mendedByRunId === null && opened && (
        <MendForm line={line} fields={line.fields} mending={mending} />
      )}
    </li>
  );
}

/** The cells with a fault first; the others are one click away. */
function MendForm({ line, fields, mending }: { line: Line; fields: NonNullable<Line["fields"]>; mending: Mending }) {
  const t = useTranslations("imports.refused");
  const words = useImportWords();
  const [others, setOthers] = useState(false);
  const key = lineKey(line);
  const change = mending.changes[key];
  const isFaulty = (column: string) =>
    line.problems.some((problem) => problem.column === column) ||
    change?.problems.some((problem) => problem.column === column);
  const faulty = fields.filter(({ column }) => isFaulty(column));
  const rest = fields.filter(({ column }) => !isFaulty(column));
  const field = ({ column, header, text }: (typeof fields)[number]) => {
    const error = change?.problems.find((problem) => problem.column === column)?.why;
    return (
      <TextInput
        key={column}
        label={words.column(column)}
        {...(header.toLowerCase() === words.column(column).toLowerCase() ? {} : { description: header })}
        inputWrapperOrder={["label", "description", "input", "error"]}
        value={change?.cells[column] ?? text}
        error={error}
        maxLength={4000}
        onChange={(event) => mending.change(line, column, event.currentTarget.value)}
      />
    );
  };
  const general = change?.problems.filter((problem) => problem.column === null) ?? [];
  return (
    <form
      className={classes.mend}
      onSubmit={(event) => {
        event.preventDefault();
        mending.send([key]);
      }}
    >
      <div className={classes.fields}>{faulty.map(field)}</div>
      {faulty.length > 0 && rest.length > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={() => setOthers(!others)} aria-expanded={others}>
          {t("otherFields")}
        </Button>
      )}
      <Collapse expanded={others || faulty.length === 0}>
        <div className={classes.fields}>{rest.map(field)}</div>
      </Collapse>
      {general.map(({ why }) => (
        <p key={why} className={page.failure} role="alert">
          {why}
        </p>
      ))}
      <div className={classes.buttons}>
        <Button type="submit" size="xs" disabled={!change} loading={mending.sending}>
          {t("send")}
        </Button>
      </div>
    </form>
  );
}
