import { type ReasonName, wordClientReason } from "./client-reasons.ts";
import type { ProposalContent } from "./content.ts";
import type { PremisesPick } from "./pick.ts";

/** By premises, all that may be said for it at the rent that is offered, hidden ones too, in the language of the proposal. */
export type WordedReasons = Record<string, { name: ReasonName; text: string }[]>;

export function wordReasons(picks: ReadonlyMap<string, PremisesPick>, content: ProposalContent): WordedReasons {
  return Object.fromEntries(
    content.items.map(({ premisesId, rentRubMonth }) => {
      const reasons = picks.get(premisesId)?.reasons ?? [];
      const worded = reasons.flatMap((reason) => {
        const text = wordClientReason(reason, rentRubMonth, content.locale);
        return text === null ? [] : [{ name: reason.name, text }];
      });
      return [premisesId, worded];
    }),
  );
}
