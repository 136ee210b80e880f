import { useTranslations } from "next-intl";

const systems = ["schedule", "cli", "demo", "worker"] as const;

/** Who asked for a training: a person's name, or by which way it came. */
export function useWho(): (training: { requestedBy: string; requestedByName: string | null }) => string {
  const t = useTranslations("trainings");
  return ({ requestedBy, requestedByName }) => {
    const system = systems.find((name) => requestedBy === `system:${name}`);
    return system ? t(`who.${system}`) : t("who.other", { name: requestedByName ?? requestedBy });
  };
}
