import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { StateTag } from "../../../_ui/state-tag.tsx";

const tones = { open: "open", passed: "good", failed: "bad", abandoned: undefined, decided: undefined } as const;

/** Whether a pilot goes on, and what came of one that has ended. */
export function PilotState({ pilot }: { pilot: Pick<RouterOutputs["pilot"]["list"][number], "status" | "verdict"> }) {
  const t = useTranslations("pilot.state");
  const state = pilot.verdict ? (pilot.verdict.passed ? "passed" : "failed") : pilot.status;
  return <StateTag tone={tones[state]}>{t(state)}</StateTag>;
}
