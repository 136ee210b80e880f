import { notifications } from "@mantine/notifications";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useAnnounce } from "../../../_ui/announcer.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";

/** One deed upon people or keys: whatever comes of it, the lists are asked anew; a refusal is told in its own words. */
export function useDeed<Input, Answer>(
  deed: (input: Input) => Promise<Answer>,
  words: { done?: (answer: Answer, input: Input) => string; lists: QueryKey[]; quiet?: boolean },
) {
  const t = useTranslations("admin.users");
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: deed,
    onSuccess: (answer, input) => {
      const message = words.done?.(answer, input);
      if (message === undefined) return;
      notifications.show({ color: "teal", message });
      announce(message);
    },
    onError: (error) => {
      if (words.quiet) return;
      const { offline, message } = readProblem(error);
      notifications.show({ color: "red", title: t("failed"), message: offline ? t("offline") : message });
    },
    onSettled: () => Promise.all(words.lists.map((list) => queries.invalidateQueries({ queryKey: list }))),
  });
}
