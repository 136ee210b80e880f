import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../_ui/use-figures.ts";

export type LeadCard = RouterOutputs["leads"]["get"];
export type LeadRow = RouterOutputs["leads"]["find"]["leads"][number];

/** A lead's wishes in words; null where the lead did not say. */
export interface WishWords {
  /** `60–120 м²`, `от 60 м²`, `до 120 м²` */
  area: string | null;
  /** `до 96 000 ₽` */
  budget: string | null;
  bank: string | null;
  districts: string | null;
  trades: string | null;
  network: string | null;
}

export function useWishWords(): (lead: LeadRow) => WishWords {
  const t = useTranslations("wishes");
  const figures = useFigures();

  const area = ({ areaFromSqm: from, areaToSqm: to }: LeadRow) => {
    if (from !== null && to !== null && from < to) return `${figures.whole(from)}–${figures.area(to)}`;
    if (from !== null && to !== null) return figures.area(to);
    if (from !== null) return t("from", { value: figures.area(from) });
    return to === null ? null : t("to", { value: figures.area(to) });
  };

  return (lead) => ({
    area: area(lead),
    budget: lead.budgetRubMonth === null ? null : t("to", { value: figures.rub(lead.budgetRubMonth) }),
    bank: lead.bank === null ? null : t(`bankOf.${lead.bank}`),
    districts: lead.districts.length === 0 ? null : lead.districts.join(", "),
    trades: lead.trades.length === 0 ? null : lead.trades.join(", "),
    network: lead.networkSize === null ? null : t(`networkOf.${lead.networkSize}`),
  });
}
