import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../_ui/use-figures.ts";

export type Check = RouterOutputs["data"]["checks"][number];

/** What a check looks for, with its bounds. */
export function useCheckWords(): (check: Pick<Check, "check" | "bounds">) => string {
  const t = useTranslations("data");
  const figures = useFigures();
  return ({ check, bounds }) =>
    t(
      `check.${check}`,
      Object.fromEntries(Object.entries(bounds).map(([name, value]) => [name, figures.whole(value)])),
    );
}
