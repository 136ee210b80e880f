import { useLocale, useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useWho } from "../../use-who.ts";

type Model = RouterOutputs["models"]["list"]["models"][number];

const sources = ["reviewed", "offered_and_rented", "none"] as const;

/** What is said of a model in a line, wherever it stands. */
export function useModelWords() {
  const t = useTranslations("models");
  const opinion = useTranslations("opinion");
  const figures = useFigures();
  const tenThousandth = new Intl.NumberFormat(useLocale() === "ru" ? "ru-RU" : "en-GB", {
    minimumFractionDigits: 4,
    maximumFractionDigits: 4,
  });
  const asked = useWho();
  /** A person's name, or which machine it was; `actor` as the audit log writes it. */
  const who = (actor: string, name: string | null) => asked({ requestedBy: actor, requestedByName: name });
  return {
    who,
    /** A threshold or a suitability: thresholds are small and near to each other. */
    fine: (value: number) => tenThousandth.format(value),
    learned: ({ asOf, trainingRows }: Pick<Model, "asOf" | "trainingRows">) =>
      trainingRows === null
        ? t("learnedUpTo", { day: figures.day(asOf) })
        : t("learned", { day: figures.day(asOf), count: trainingRows, rows: figures.whole(trainingRows) }),
    made: ({ createdAt, createdBy, createdByName }: Pick<Model, "createdAt" | "createdBy" | "createdByName">) =>
      t("made", { at: figures.moment(createdAt), who: who(createdBy, createdByName) }),
    threshold: ({ threshold, thresholdBasis: { n, source } }: Pick<Model, "threshold" | "thresholdBasis">) => {
      const known = sources.find((one) => one === source) ?? "none";
      return t("threshold", {
        threshold: tenThousandth.format(threshold),
        n: typeof n === "number" ? n : 0,
        source: opinion(`sourceOf.${known}`),
      });
    },
  };
}
