"use client";

import { Button } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../trpc/client.tsx";
import type { BoardItem } from "./board-answers.ts";
import classes from "./model-notice.module.css";

interface ModelNoticeProps {
  leadId: string;
  items: readonly BoardItem[];
  onOpen: (item: BoardItem) => void;
  /** Whether versions may be looked at. */
  withVersions: boolean;
}

/** Says once that another model answers now, and on which premises of this board the two disagree. Waved away, it is gone. */
export function ModelNotice({ leadId, items, onOpen, withVersions }: ModelNoticeProps) {
  const t = useTranslations("modelNotice");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const { data: change } = useQuery(trpc.matching.modelChange.queryOptions({ leadId }));
  const see = useMutation(
    trpc.me.seeModel.mutationOptions({
      // Whatever became of the word to the server, who has read it need not see it here again.
      onMutate: () => queries.setQueryData(trpc.matching.modelChange.queryKey({ leadId }), null),
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.matching.modelChange.pathKey() }),
    }),
  );
  if (!change) return null;
  const { fromModelId, toModelId, verdicts } = change;
  const of = (ids: readonly string[], decision: BoardItem["decision"]) => {
    const named = new Set(ids);
    return items.filter((item) => named.has(item.premisesId) && item.decision === decision);
  };
  const groups = verdicts && [
    { word: "kept" as const, items: of(verdicts.kept, "keep") },
    { word: "removed" as const, items: of(verdicts.removed, "remove") },
  ];
  const changed = groups?.reduce((sum, group) => sum + group.items.length, 0) ?? 0;
  return (
    <aside className={classes.notice} aria-label={t("title")}>
      <div className={classes.line}>
        <IconSparkles size={18} stroke={1.8} aria-hidden className={classes.icon} />
        <p className={classes.text}>
          <strong>{t("updated", { from: String(fromModelId), to: String(toModelId) })}</strong>{" "}
          {groups ? t("changed", { count: changed }) : t("untold")}
        </p>
        {changed > 0 && (
          <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {opened ? t("hide") : t("show")}
          </Button>
        )}
        {withVersions && (
          <Link href={`/admin/models/${toModelId}?with=${fromModelId}`} className={classes.versions} prefetch={false}>
            {t("versions")}
          </Link>
        )}
        <Button size="compact-sm" variant="light" onClick={() => see.mutate({ modelId: toModelId })}>
          {t("seen")}
        </Button>
      </div>
      {opened &&
        groups?.map(
          (group) =>
            group.items.length > 0 && (
              <div key={group.word} className={classes.group}>
                <span id={`change-${group.word}`} className={classes.label}>
                  {t(group.word)}
                </span>
                <ul aria-labelledby={`change-${group.word}`} className={classes.list}>
                  {group.items.map((item) => (
                    <li key={item.premisesId}>
                      <button type="button" className={classes.name} onClick={() => onOpen(item)}>
                        {item.name}
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
            ),
        )}
    </aside>
  );
}
