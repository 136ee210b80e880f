import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RouterInputs } from "#/server/trpc/root.ts";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";

/** To ask for a training and to cancel one. Whatever comes of it, the page is asked anew: another may have been faster. */
export function useTrainingDeeds() {
  const t = useTranslations("trainings");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const lookAgain = () => queries.invalidateQueries({ queryKey: trpc.trainings.show.queryKey() });
  const tell = (error: unknown) => {
    const { offline, message } = readProblem(error);
    notifications.show({ color: "red", title: t("failedDeed"), message: offline ? t("offline") : message });
  };
  const request = useMutation({
    ...trpc.trainings.request.mutationOptions(),
    onSuccess: ({ trainingId }) => announce(t("requested", { id: String(trainingId) })),
    onError: tell,
    onSettled: lookAgain,
  });
  const cancel = useMutation({
    ...trpc.trainings.cancel.mutationOptions(),
    onSuccess: ({ cancelled }, { trainingId }) => {
      const message = t(cancelled ? "cancelled" : "tooLate", { id: String(trainingId) });
      notifications.show({ message });
    },
    onError: tell,
    onSettled: lookAgain,
  });
  return {
    request: (input: RouterInputs["trainings"]["request"]) => request.mutate(input),
    requesting: request.isPending,
    cancel: (trainingId: number) => cancel.mutate({ trainingId }),
    cancelling: cancel.isPending,
  };
}
