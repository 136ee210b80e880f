"use client";

import { Alert, Button, NativeSelect, Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconArrowBackUp } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterInputs, RouterOutputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import { ColumnTable } from "./column-table.tsx";
import classes from "./imports.module.css";
import { useImportWords } from "./use-import-words.ts";

type Preview = RouterOutputs["imports"]["preview"];
type Reading = RouterInputs["imports"]["readAs"];
type Mapping = NonNullable<RouterInputs["imports"]["layColumns"]["mapping"]>;

const encodings = ["utf-8", "windows-1251", "ibm866", "koi8-r", "utf-16le", "utf-16be"] as const;
const delimiters = { ";": "semicolon", ",": "comma", "\t": "tab", "|": "bar" } as const;

/** How a file that waits is read: encoding, separator, table and columns, each to be changed, and its first rows. */
export function FilePreview({ uploadId, file }: { uploadId: string; file: string }) {
  const t = useTranslations("imports");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const preview = useQuery(trpc.imports.preview.queryOptions({ uploadId }));
  // A header that is laid here is laid for every file that has it.
  const lookAgain = () => queries.invalidateQueries({ queryKey: trpc.imports.preview.pathKey() });
  const onError = (error: unknown) => {
    const { offline, message } = readProblem(error);
    notifications.show({ color: "red", title: t("failedDeed"), message: offline ? t("offline") : message });
  };
  const readAs = useMutation({ ...trpc.imports.readAs.mutationOptions(), onError, onSettled: lookAgain });
  const lay = useMutation({
    ...trpc.imports.layColumns.mutationOptions(),
    onSuccess: () => announce(t("preview.saved")),
    onError,
    onSettled: lookAgain,
  });
  const { data } = preview;
  const busy = readAs.isPending || lay.isPending;

  if (preview.isPending) return <Skeleton height={180} radius="md" mt="sm" aria-hidden />;
  if (!data)
    return <Problem error={preview.error} onRetry={() => void preview.refetch()} retrying={preview.isFetching} />;
  return (
    <div className={classes.preview}>
      <ReadingChoice
        preview={data}
        disabled={busy}
        onRead={(over) =>
          readAs.mutate({
            uploadId,
            encoding: data.chosen.encoding ? (data.encoding as Reading["encoding"]) : null,
            delimiter: data.chosen.delimiter ? (data.delimiter as Reading["delimiter"]) : null,
            ...over,
          })
        }
        onTable={(table) => {
          // What the other table has too is laid into it already.
          const known = data.tables.find(({ name }) => name === table)?.columns ?? [];
          const columns = data.columns.map((name) => (name !== null && known.includes(name) ? name : null));
          lay.mutate({ signature: data.signature, mapping: { table, columns } });
        }}
      />
      {data.refusal !== null && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />}>
          {data.refusal}
        </Alert>
      )}
      {data.refusal === null && data.table === null && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />}>
          {t("preview.unknown")}
        </Alert>
      )}
      {data.refusal === null && (
        <>
          <Verdict preview={data} />
          <ColumnTable
            file={file}
            preview={data}
            disabled={busy}
            onLay={(columns) =>
              data.table !== null &&
              lay.mutate({ signature: data.signature, mapping: { table: data.table, columns } satisfies Mapping })
            }
          />
          {data.isMapped && (
            <p className={classes.mapped}>
              <span>{t("preview.mapped")}</span>
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconArrowBackUp size={15} />}
                onClick={() => lay.mutate({ signature: data.signature, mapping: null })}
                disabled={busy}
              >
                {t("preview.forget")}
              </Button>
            </p>
          )}
        </>
      )}
    </div>
  );
}

function ReadingChoice(props: {
  preview: Preview;
  disabled: boolean;
  onRead: (over: Partial<Reading>) => void;
  onTable: (table: Mapping["table"]) => void;
}) {
  const t = useTranslations("imports.preview");
  const words = useImportWords();
  const { preview } = props;
  const encodingWord = (code: string) =>
    t.has(`encodingOf.${code}` as never) ? t(`encodingOf.${code}` as never) : code;
  const delimiterWord = (sign: string) => (sign in delimiters ? t(`delimiterOf.${delimiters[sign as ";"]}`) : sign);
  const auto = (chosen: boolean, value: string) => (chosen || value === "" ? t("auto") : t("autoAs", { value }));
  return (
    <div className={classes.choices}>
      {preview.kind === "text" ? (
        <>
          <NativeSelect
            label={t("encoding")}
            value={preview.chosen.encoding ? preview.encoding : ""}
            disabled={props.disabled}
            onChange={(event) => props.onRead({ encoding: (event.currentTarget.value || null) as Reading["encoding"] })}
            data={[
              { value: "", label: auto(preview.chosen.encoding, encodingWord(preview.encoding)) },
              ...encodings.map((value) => ({ value, label: encodingWord(value) })),
            ]}
          />
          <NativeSelect
            label={t("delimiter")}
            value={preview.chosen.delimiter ? preview.delimiter : ""}
            disabled={props.disabled}
            onChange={(event) =>
              props.onRead({ delimiter: (event.currentTarget.value || null) as Reading["delimiter"] })
            }
            data={[
              { value: "", label: auto(preview.chosen.delimiter, delimiterWord(preview.delimiter)) },
              ...Object.keys(delimiters).map((value) => ({ value, label: delimiterWord(value) })),
            ]}
          />
        </>
      ) : (
        <p className={classes.workbook}>{t("workbook")}</p>
      )}
      {preview.refusal === null && (
        <NativeSelect
          label={t("table")}
          value={preview.table ?? ""}
          disabled={props.disabled}
          onChange={(event) => props.onTable(event.currentTarget.value as Mapping["table"])}
          data={[
            ...(preview.table === null ? [{ value: "", label: t("tableNone"), disabled: true }] : []),
            ...preview.tables.map(({ name }) => ({ value: name, label: words.table(name) })),
          ]}
        />
      )}
    </div>
  );
}

/** What the first rows say of the file. */
function Verdict({ preview }: { preview: Preview }) {
  const t = useTranslations("imports.preview");
  const words = useImportWords();
  if (preview.missing.length > 0)
    return (
      <Alert color="red" icon={<IconAlertTriangle size={18} />}>
        {t("missing", { columns: preview.missing.map((name) => `«${words.column(name)}»`).join(", ") })}
      </Alert>
    );
  if (preview.table === null) return null;
  const { rows, refused, refusedValues } = preview.looked;
  if (rows === 0) return <p className={classes.verdict}>{t("noRows")}</p>;
  const faults = [
    ...(refused > 0 ? [t("lookedRefused", { rows: refused })] : []),
    ...(refusedValues > 0 ? [t("lookedValues", { values: refusedValues })] : []),
  ];
  return (
    <p className={classes.verdict} data-fault={faults.length > 0 || undefined}>
      {t("looked", { rows })}
      {faults.length === 0 ? t("lookedFine") : `${faults.join(", ")}.`}
    </p>
  );
}
