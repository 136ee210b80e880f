"use client";

import { Button, Switch } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { Hollow } from "../../../../_ui/hollow.tsx";
import { MoreRows } from "../../../../_ui/more-rows.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import { useTRPCClient } from "../../../../trpc/client.tsx";
import page from "../../../admin-page.module.css";
import classes from "../imports.module.css";
import { RefusedLine } from "./refused-line.tsx";
import { refusedPages } from "./refused-pages.ts";
import { lineKey, useMending } from "./use-mending.ts";

/** Every line of which something was not taken: what is wrong with it, and where it may be, the way to mend it here. */
export function RefusedCard({ run }: { run: RouterOutputs["imports"]["show"] }) {
  const t = useTranslations("imports.refused");
  const client = useTRPCClient();
  const figures = useFigures();
  const [openOnly, setOpenOnly] = useState(false);
  const list = useInfiniteQuery({
    ...refusedPages(run.runId, openOnly, (input) => client.imports.refused.query(input)),
    placeholderData: keepPreviousData,
  });
  const mayMend = run.mayRun && run.status === "done" && !run.dryRun;
  const mending = useMending(run.runId);
  const lines = list.data?.pages.flatMap(({ lines }) => lines) ?? [];
  const counts = list.data?.pages.at(-1);
  const changed = Object.keys(mending.changes).length;
  return (
    <Card
      id="refused"
      title={t("title")}
      aside={
        counts && (
          <span className={classes.refusedAside}>
            <span className={page.soft}>
              {t("open", { open: figures.whole(counts.open), total: figures.whole(counts.total) })}
            </span>
            {counts.open < counts.total && (
              <Switch
                size="sm"
                label={t("onlyOpen")}
                checked={openOnly}
                onChange={(event) => setOpenOnly(event.currentTarget.checked)}
              />
            )}
          </span>
        )
      }
    >
      <p className={classes.note}>{t(mayMend ? "about" : run.dryRun ? "aboutDry" : "aboutOwner")}</p>
      <MoreRows
        list={list}
        none={<Hollow icon={IconCircleCheck} title={t(openOnly ? "noneOpen" : "none")} text="" />}
        className={classes.lines}
      >
        {lines.map((line) => (
          <RefusedLine key={lineKey(line)} line={line} mending={mayMend && line.fields ? mending : null} />
        ))}
      </MoreRows>
      {changed > 1 && (
        <div className={classes.sendAll}>
          <Button onClick={() => mending.send(Object.keys(mending.changes))} loading={mending.sending}>
            {t("sendAll", { count: changed })}
          </Button>
        </div>
      )}
    </Card>
  );
}
