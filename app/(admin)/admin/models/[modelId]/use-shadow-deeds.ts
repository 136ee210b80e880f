import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useAnnounce } from "../../../../_ui/announcer.tsx";
import { readProblem } from "../../../../_ui/read-problem.ts";
import { useTRPC } from "../../../../trpc/client.tsx";

/** Puts a candidate into the shadow and takes it out again. */
export function useShadowDeeds() {
  const t = useTranslations("shadow");
  const problem = useTranslations("problem");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.shadow.pathKey() });
  const onError = (error: unknown) => {
    const { offline, message } = readProblem(error);
    notifications.show({ color: "red", message: offline ? problem("offline") : message });
  };
  const start = useMutation(
    trpc.shadow.start.mutationOptions({ onError, onSettled, onSuccess: () => announce(t("started")) }),
  );
  const stop = useMutation(
    trpc.shadow.stop.mutationOptions({ onError, onSettled, onSuccess: () => announce(t("stopped")) }),
  );
  return {
    start: (modelId: number) => start.mutate({ modelId }),
    stop: (shadowId: number) => stop.mutate({ shadowId }),
    pending: start.isPending || stop.isPending,
  };
}
