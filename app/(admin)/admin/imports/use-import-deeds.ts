import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useTRPC } from "../../../trpc/client.tsx";

/** To ask for an import, to cancel one, to take a file away. Whatever comes of it, the pages are asked anew. */
export function useImportDeeds() {
  const t = useTranslations("imports");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const router = useRouter();
  const lookAgain = () => queries.invalidateQueries({ queryKey: trpc.imports.pathKey() });
  const onError = (error: unknown) => {
    const { offline, message } = readProblem(error);
    notifications.show({ color: "red", title: t("failedDeed"), message: offline ? t("offline") : message });
  };
  const request = useMutation({
    ...trpc.imports.request.mutationOptions(),
    onSuccess: ({ runId }) => {
      announce(t("now.requested", { id: String(runId) }));
      router.push(`/admin/imports/${runId}`);
    },
    onError,
    onSettled: lookAgain,
  });
  const cancel = useMutation({
    ...trpc.imports.cancel.mutationOptions(),
    onSuccess: ({ cancelled }, { runId }) =>
      notifications.show({ message: t(cancelled ? "now.cancelled" : "now.tooLate", { id: String(runId) }) }),
    onError,
    onSettled: lookAgain,
  });
  const remove = useMutation({ ...trpc.imports.removeUpload.mutationOptions(), onError, onSettled: lookAgain });
  return {
    request: (uploadIds: string[], dryRun: boolean) => request.mutate({ uploadIds, dryRun }),
    requesting: request.isPending ? (request.variables.dryRun ? "dry" : "real") : null,
    cancel: (runId: number) => cancel.mutate({ runId }),
    cancelling: cancel.isPending,
    remove: (uploadId: string) => remove.mutate({ uploadId }),
    removing: remove.isPending ? remove.variables.uploadId : null,
  };
}
