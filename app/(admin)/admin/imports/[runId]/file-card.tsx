"use client";

import { VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { StateTag } from "../../../../_ui/state-tag.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import page from "../../../admin-page.module.css";
import classes from "../imports.module.css";
import { useImportWords } from "../use-import-words.ts";

type File = RouterOutputs["imports"]["show"]["files"][number];
type Example = NonNullable<File["examples"]>[number];

const repairs = ["fromToSwapped", "rangeSplit", "boundMoved", "idCleaned", "nameFromId", "excelSerialDate"] as const;

/** What one file brought, or would bring: counts, and of a check some of its rows against what is in the table. */
export function FileCard({ file, dryRun }: { file: File; dryRun: boolean }) {
  const t = useTranslations("imports");
  const words = useImportWords();
  const figures = useFigures();
  const encoding = `preview.encodingOf.${file.encoding}`;
  const encodingName = t.has(encoding as never) ? t(encoding as never) : file.encoding.toUpperCase();
  const repaired = repairs.flatMap((code) => (file.repaired[code] ? [{ code, count: file.repaired[code] }] : []));
  return (
    <Card
      id={`file-${file.file}`}
      title={file.file}
      aside={
        <span className={page.soft}>
          {[file.table && words.table(file.table), encodingName].filter(Boolean).join(" · ")}
        </span>
      }
    >
      {file.refusal !== null && (
        <p className={page.failure}>
          <strong>{t("run.notTaken")}.</strong> {file.refusal}
        </p>
      )}
      {file.refusal === null && (
        <dl className={classes.counts}>
          <Count word={t("count.rows")} value={file.rows} />
          <Count word={t(dryRun ? "count.willInserted" : "count.inserted")} value={file.inserted} tone="new" />
          <Count word={t(dryRun ? "count.willChanged" : "count.changed")} value={file.changed} tone="new" />
          <Count word={t("count.unchanged")} value={file.unchanged} />
          <Count word={t("count.refused")} value={file.refused} tone="refused" />
          <Count word={t("count.refusedValues")} value={file.refusedValues} tone="refused" />
          {file.duplicates > 0 && <Count word={t("count.duplicates")} value={file.duplicates} />}
          {file.unlinked > 0 && <Count word={t("count.unlinked")} value={file.unlinked} />}
        </dl>
      )}
      {file.unlinked > 0 && <p className={classes.note}>{t("count.unlinkedMore")}</p>}
      {repaired.length > 0 && (
        <p className={classes.note}>
          {t("run.repaired")}:{" "}
          {repaired.map(({ code, count }) => `${t(`run.repairedOf.${code}`)} — ${figures.whole(count)}`).join("; ")}.
        </p>
      )}
      {file.examples && file.examples.length > 0 && <Examples file={file} examples={file.examples} />}
    </Card>
  );
}

function Count({ word, value, tone }: { word: string; value: number; tone?: "new" | "refused" }) {
  const figures = useFigures();
  return (
    <div data-tone={value > 0 ? tone : undefined}>
      <dt>{word}</dt>
      <dd>{figures.whole(value)}</dd>
    </div>
  );
}

/** Rows that would change, old beside new, and rows that would be new. */
function Examples({ file, examples }: { file: File; examples: Example[] }) {
  const t = useTranslations("imports.run");
  const figures = useFigures();
  const whole = file.inserted + file.changed;
  return (
    <>
      <h3 className={classes.examplesTitle}>{t("examples")}</h3>
      <ul className={classes.examples}>
        {examples.map((example) => (
          <li key={example.key}>
            <p className={classes.exampleKey}>
              <span>{example.key}</span>
              {example.isNew && <StateTag>{t("exampleNew")}</StateTag>}
            </p>
            <dl className={classes.changes}>
              {example.values.map(({ column, was, now }) => (
                <Change key={column} column={column} was={was} now={now} isNew={example.isNew} />
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {examples.length < whole && <p className={classes.note}>{t("exampleMore", { count: figures.whole(whole) })}</p>}
    </>
  );
}

function Change(props: { column: string; was: string | null; now: string | null; isNew: boolean }) {
  const t = useTranslations("imports.run");
  const words = useImportWords();
  const word = (value: string | null) =>
    value === null ? <i className={classes.empty}>{t("empty")}</i> : words.value(props.column, value);
  return (
    <div>
      <dt>{words.column(props.column)}</dt>
      <dd>
        {!props.isNew && (
          <>
            <VisuallyHidden>{t("was")} </VisuallyHidden>
            <del>{word(props.was)}</del>
            <span aria-hidden> → </span>
            <VisuallyHidden>, {t("now")} </VisuallyHidden>
          </>
        )}
        <ins>{word(props.now)}</ins>
      </dd>
    </div>
  );
}
