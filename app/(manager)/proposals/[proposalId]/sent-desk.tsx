"use client";

import { Button } from "@mantine/core";
import { IconCopyPlus, IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProposalSheet } from "../../../_ui/proposal-sheet.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC, useTRPCClient } from "../../../trpc/client.tsx";
import type { ProposalView } from "../proposal-answers.ts";
import { useStartProposal } from "../use-start-proposal.ts";
import classes from "./desk.module.css";
import { DeskHeader } from "./desk-header.tsx";
import { MessageCard } from "./message-card.tsx";
import { ShareCard } from "./share-card.tsx";

/** A proposal that is not written any more: the ways to hand it out, what came of them, and the way back. */
export function SentDesk({ view }: { view: ProposalView }) {
  const t = useTranslations("proposal");
  const figures = useFigures();
  const start = useStartProposal();
  const [address, setAddress] = useState<string | null>(null);
  const stands = view.state === "sent";
  const status = [
    t(`state.${view.state}`),
    view.sending && figures.day(view.sending.sentOn),
    view.managerName,
    view.writable ? null : t("readOnly"),
  ];

  return (
    <div className={classes.desk}>
      <DeskHeader view={view} status={<span data-state={view.state}>{status.filter(Boolean).join(" · ")}</span>}>
        <Button
          variant="default"
          leftSection={<IconPrinter size={17} stroke={1.7} aria-hidden />}
          onClick={() => window.print()}
        >
          {t("print")}
        </Button>
        <Button
          component="a"
          href={`/api/proposals/${view.proposalId}/pdf`}
          target="_blank"
          variant={stands && view.writable ? "filled" : "default"}
          leftSection={<IconFileTypePdf size={17} stroke={1.7} aria-hidden />}
        >
          PDF
        </Button>
      </DeskHeader>
      <div className={classes.columns}>
        <div className={classes.form}>
          {view.state === "withdrawn" && <p className={classes.withdrawn}>{t("withdrawnMore")}</p>}
          {stands && view.writable && (
            <>
              <ShareCard view={view} address={address} onAddress={setAddress} />
              <MessageCard message={address === null ? view.message : `${view.message}\n\n${address}`} />
            </>
          )}
          {!stands && view.links.length > 0 && <ShareCard view={view} address={null} onAddress={setAddress} />}
          {view.writable && (
            <section className={classes.card} aria-labelledby="proposal-next">
              <h2 id="proposal-next">{t("next")}</h2>
              <p className={classes.said}>{t("nextMore")}</p>
              <div className={classes.rowDeeds}>
                <Button
                  variant="default"
                  loading={start.isPending}
                  leftSection={<IconCopyPlus size={17} stroke={1.7} aria-hidden />}
                  onClick={() =>
                    start.mutate({
                      leadId: view.leadId,
                      premisesIds: view.content.items.map((item) => item.premisesId),
                    })
                  }
                >
                  {t("again")}
                </Button>
                {stands && <Withdraw view={view} />}
              </div>
              {start.error && (
                <p role="alert" className={classes.refused}>
                  {readProblem(start.error).message || t("failed")}
                </p>
              )}
            </section>
          )}
        </div>
        <section className={classes.preview} aria-label={t("preview")}>
          <ProposalSheet document={view.document} headingOrder={2} />
        </section>
      </div>
    </div>
  );
}

/** Asked twice: what was withdrawn does not come back. */
function Withdraw({ view }: { view: ProposalView }) {
  const t = useTranslations("proposal");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => client.proposals.withdraw.mutate({ proposalId: view.proposalId }),
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: trpc.proposals.get.queryKey({ proposalId: view.proposalId }) }),
  });
  if (!asked)
    return (
      <Button variant="subtle" color="red" onClick={() => setAsked(true)}>
        {t("withdraw")}
      </Button>
    );
  return (
    <div className={classes.ask} role="alert">
      <span>{t("withdrawAsk")}</span>
      <Button size="compact-md" color="red" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t("withdrawYes")}
      </Button>
      <Button size="compact-md" variant="default" onClick={() => setAsked(false)}>
        {t("cancel")}
      </Button>
    </div>
  );
}
