"use client";

import { Button, Checkbox, Loader, Modal, TextInput } from "@mantine/core";
import { IconBuildingOff, IconSearch } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Hollow } from "../../../_ui/hollow.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC, useTRPCClient } from "../../../trpc/client.tsx";
import type { ProposalView } from "../proposal-answers.ts";
import classes from "./add-premises.module.css";
import type { DraftKeeper, KeptDraft } from "./draft-keeper.ts";

/** Chooses more premises for a draft out of those that the lead's board keeps today. */
export function AddPremises(props: { view: ProposalView; keeper: DraftKeeper; draft: KeptDraft; onClose: () => void }) {
  const { view, keeper, draft } = props;
  const t = useTranslations("proposal");
  const problem = useTranslations("problem");
  const figures = useFigures();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const board = useQuery(
    trpc.matching.board.queryOptions(
      { leadId: view.leadId },
      { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
    ),
  );
  const add = useMutation({
    mutationFn: async () => {
      const base = await keeper.flush();
      if (base === null) throw new Error("The draft is not saved.");
      await client.proposals.add.mutate({ proposalId: view.proposalId, base, premisesIds: chosen });
      return client.proposals.get.query({ proposalId: view.proposalId });
    },
    onSuccess: (fresh) => {
      keeper.adopt(fresh);
      queries.setQueryData(trpc.proposals.get.queryKey({ proposalId: view.proposalId }), fresh);
      props.onClose();
    },
  });

  const there = new Set(draft.content.items.map((item) => item.premisesId));
  const wanted = words.trim().toLocaleLowerCase();
  const shown = (board.data?.items ?? []).filter(
    (item) =>
      item.decision === "keep" &&
      !there.has(item.premisesId) &&
      [item.address, item.name, item.district, item.premisesId].join(" ").toLocaleLowerCase().includes(wanted),
  );
  const refused = add.error && readProblem(add.error);
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t("addTitle")}
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <TextInput
        data-autofocus
        aria-label={t("addSearch")}
        placeholder={t("addSearch")}
        leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {board.isPending && <Loader className={classes.loader} aria-label={t("addLoading")} />}
      {board.isError && (
        <Problem error={board.error} onRetry={() => void board.refetch()} retrying={board.isFetching} />
      )}
      {board.isSuccess && shown.length === 0 && (
        <Hollow icon={IconBuildingOff} title={t("addNone")} text={t("addNoneMore")} />
      )}
      <ul className={classes.list} aria-label={t("addTitle")}>
        {shown.map((item) => (
          <li key={item.premisesId}>
            <Checkbox
              checked={chosen.includes(item.premisesId)}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked
                    ? [...chosen, item.premisesId]
                    : chosen.filter((premisesId) => premisesId !== item.premisesId),
                )
              }
              label={item.address ?? item.name}
              description={[
                item.areaSqm === null ? null : figures.area(item.areaSqm),
                item.rentRubMonth === null ? null : figures.rub(item.rentRubMonth),
                item.district,
              ]
                .filter(Boolean)
                .join(" · ")}
            />
          </li>
        ))}
      </ul>
      {refused && (
        <p role="alert" className={classes.refused}>
          {refused.message || problem("offline")}
        </p>
      )}
      <div className={classes.foot}>
        <Button variant="default" onClick={props.onClose}>
          {t("cancel")}
        </Button>
        <Button disabled={chosen.length === 0} loading={add.isPending} onClick={() => add.mutate()}>
          {t("addChosen", { count: chosen.length })}
        </Button>
      </div>
    </Modal>
  );
}
