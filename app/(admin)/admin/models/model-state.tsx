import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { StateTag } from "../../../_ui/state-tag.tsx";

const tones = { active: "good", candidate: "open", retired: undefined } as const;

/** Whether a version answers, waits to, or did once. */
export function ModelState({ status }: Pick<RouterOutputs["models"]["show"], "status">) {
  const t = useTranslations("models.status");
  return <StateTag tone={tones[status]}>{t(status)}</StateTag>;
}
