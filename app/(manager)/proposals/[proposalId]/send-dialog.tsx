"use client";

import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC, useTRPCClient } from "../../../trpc/client.tsx";
import type { ProposalView } from "../proposal-answers.ts";
import { proposalListKey } from "../proposal-pages.ts";
import classes from "./desk.module.css";
import type { DraftKeeper, KeptDraft } from "./draft-keeper.ts";

/** Asks once more before a proposal gets its number and stands still. */
export function SendDialog(props: { view: ProposalView; keeper: DraftKeeper; draft: KeptDraft; onClose: () => void }) {
  const { view, keeper, draft } = props;
  const t = useTranslations("proposal");
  const problem = useTranslations("problem");
  const announce = useAnnounce();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { proposalId } = view;
  const send = useMutation({
    mutationFn: async () => {
      const revision = await keeper.flush();
      if (revision === null) throw new Error("The draft is not saved.");
      const { number } = await client.proposals.send.mutate({ proposalId, revision });
      await queries.invalidateQueries({ queryKey: proposalListKey });
      return { number, view: await client.proposals.get.query({ proposalId }) };
    },
    onSuccess: ({ number, view: sent }) => {
      announce(t("sentNotice", { number }));
      queries.setQueryData(trpc.proposals.get.queryKey({ proposalId }), sent);
    },
  });
  const taken = view.picks.filter(
    (pick) => pick.today?.free === false && draft.content.items.some((item) => item.premisesId === pick.premisesId),
  );
  const refused = send.error && readProblem(send.error);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("sendTitle")}
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <p className={classes.said}>{t("sendMore", { count: draft.content.items.length })}</p>
      {taken.length > 0 && (
        <p className={classes.warned} role="alert">
          {t("sendTaken", { names: taken.map(({ facts }) => facts.address ?? facts.name).join(", ") })}
        </p>
      )}
      {refused && (
        <p role="alert" className={classes.refused}>
          {refused.message || problem("offline")}
        </p>
      )}
      <div className={classes.dialogFoot}>
        <Button variant="default" onClick={props.onClose}>
          {t("cancel")}
        </Button>
        <Button
          data-autofocus
          loading={send.isPending}
          disabled={draft.content.items.length === 0}
          onClick={() => send.mutate()}
        >
          {t("sendConfirm")}
        </Button>
      </div>
    </Modal>
  );
}
