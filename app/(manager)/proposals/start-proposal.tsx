"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconFileDescription } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { readProblem } from "../../_ui/read-problem.ts";
import { useStartProposal } from "./use-start-proposal.ts";

/** Begins a proposal out of what is ticked on a board. */
export function StartProposal({ leadId, premisesIds }: { leadId: string; premisesIds: string[] }) {
  const t = useTranslations("proposal");
  const problem = useTranslations("problem");
  const start = useStartProposal();
  return (
    <Button
      size="compact-md"
      leftSection={<IconFileDescription size={16} stroke={1.8} aria-hidden />}
      loading={start.isPending || start.isSuccess}
      onClick={() =>
        start.mutate(
          { leadId, premisesIds },
          {
            onError: (error) =>
              notifications.show({
                color: "red",
                title: t("startFailed"),
                message: readProblem(error).message || problem("offline"),
              }),
          },
        )
      }
    >
      {t("start")}
    </Button>
  );
}
