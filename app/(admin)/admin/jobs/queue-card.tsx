"use client";

import { Table } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useSpan } from "../../../_ui/use-span.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import page from "../../admin-page.module.css";
import classes from "./jobs.module.css";
import { useJobWords } from "./use-job-words.ts";

/** What waits, runs, is done and failed, by job. */
export function QueueCard({ queues }: { queues: RouterOutputs["health"]["jobs"]["queues"] }) {
  const t = useTranslations("admin.jobs");
  const reports = useTranslations("reports");
  const figures = useFigures();
  const span = useSpan();
  const words = useJobWords();
  return (
    <Card id="queue" title={t("queue")}>
      {queues.length === 0 && <p className={page.soft}>{t("noQueue")}</p>}
      {queues.length > 0 && (
        <>
          <WideTable label={`${t("queue")}: ${reports("asTable")}`}>
            <Table miw={620} verticalSpacing="xs" className={classes.table}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("job")}</Table.Th>
                  <Table.Th ta="right">{t("waiting")}</Table.Th>
                  <Table.Th ta="right">{t("running")}</Table.Th>
                  <Table.Th ta="right">{t("done")}</Table.Th>
                  <Table.Th ta="right">{t("failedCount")}</Table.Th>
                  <Table.Th ta="right">{t("oldest")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {queues.map((queue) => (
                  <Table.Tr key={queue.job}>
                    <Table.Td>{words(queue.job)}</Table.Td>
                    <Table.Td ta="right">{figures.whole(queue.waiting)}</Table.Td>
                    <Table.Td ta="right">{figures.whole(queue.running)}</Table.Td>
                    <Table.Td ta="right">{figures.whole(queue.done)}</Table.Td>
                    <Table.Td ta="right" data-tone={queue.failed > 0 ? "bad" : undefined}>
                      {figures.whole(queue.failed)}
                    </Table.Td>
                    <Table.Td ta="right">
                      {queue.oldestWaitingSeconds === null ? "—" : span(queue.oldestWaitingSeconds)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </WideTable>
          <p className={classes.note}>{t("queueWhat")}</p>
        </>
      )}
    </Card>
  );
}
