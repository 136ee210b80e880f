import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAnnounce } from "../../../../_ui/announcer.tsx";
import { readProblem } from "../../../../_ui/read-problem.ts";
import { useTRPC } from "../../../../trpc/client.tsx";
import { refusedKey } from "./refused-pages.ts";

interface Place {
  file: string;
  line: number;
}

/** What tells one line of a run from another. */
export const lineKey = ({ file, line }: Place) => `${line}:${file}`;

/** A line that is being mended: the cells changed so far, and what the server still has against them. */
interface Change extends Place {
  cells: Record<string, string>;
  problems: { column: string | null; why: string }[];
}

export type Mending = ReturnType<typeof useMending>;

/** The lines of a run that are being mended, and the sending of them. What is still wrong stays open with its reason. */
export function useMending(runId: number) {
  const t = useTranslations("imports.refused");
  const all = useTranslations("imports");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [changes, setChanges] = useState<Record<string, Change>>({});
  const mend = useMutation({
    ...trpc.imports.mend.mutationOptions(),
    onSuccess: ({ taken, refused }) => {
      setChanges((before) => {
        const after = { ...before };
        for (const place of taken) delete after[lineKey(place)];
        for (const { problems, ...place } of refused) {
          const change = after[lineKey(place)];
          if (change) after[lineKey(place)] = { ...change, problems };
        }
        return after;
      });
      if (taken.length > 0) notifications.show({ message: t("taken", { count: taken.length }) });
      if (refused.length > 0) announce(t("stillWrong"));
    },
    onError: (error) => {
      const { offline, message } = readProblem(error);
      notifications.show({ color: "red", title: t("failed"), message: offline ? all("offline") : message });
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: [refusedKey] });
      return queries.invalidateQueries({ queryKey: trpc.imports.pathKey() });
    },
  });
  return {
    changes,
    sending: mend.isPending,
    change(place: Place, column: string, text: string) {
      setChanges((before) => {
        const own = before[lineKey(place)];
        return {
          ...before,
          [lineKey(place)]: {
            file: place.file,
            line: place.line,
            cells: { ...own?.cells, [column]: text },
            problems: own?.problems.filter((problem) => problem.column !== column) ?? [],
          },
        };
      });
    },
    drop: (key: string) => setChanges(({ [key]: _, ...rest }) => rest),
    send(keys: string[]) {
      const rows = keys.flatMap((key) => changes[key] ?? []).map(({ file, line, cells }) => ({ file, line, cells }));
      if (rows.length > 0) mend.mutate({ runId, rows });
    },
  };
}
