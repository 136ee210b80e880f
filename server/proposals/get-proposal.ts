import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { proposalLinks } from "#/db/schema/proposals.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { valueOrNull } from "../matching/facts-from-rows.ts";
import { openMarket } from "../matching/market-timeline.ts";
import { authorize, may } from "../permissions.ts";
import type { Locale } from "../wording.ts";
import type { ProposalContent } from "./content.ts";
import type { ProposalDocument } from "./describe-document.ts";
import { documentWords } from "./document-words.ts";
import type { PickFacts, PickGuide, PremisesPick } from "./pick.ts";
import { findProposal, numberInWords, type ProposalState, readDocument, stateOf } from "./proposal-row.ts";
import { wordMessage } from "./word-message.ts";
import { type WordedReasons, wordReasons } from "./word-reasons.ts";

export const getProposalInput = z.strictObject({ proposalId: z.uuid() });

/** A picked premises as the editor shows it. */
interface PickView {
  premisesId: string;
  facts: PickFacts;
  askingRubMonth: number | null;
  guide: PickGuide;
  /** As it stands today; null once the proposal is sent, when it matters no more. */
  today: { free: boolean; askingRubMonth: number | null } | null;
}

export interface LinkView {
  linkId: string;
  state: "open" | "expired" | "revoked";
  createdAt: Date;
  expiresAt: Date;
  views: number;
  lastViewedAt: Date | null;
}

export interface ProposalView {
  proposalId: string;
  state: ProposalState;
  leadId: string;
  brand: string | null;
  managerName: string | null;
  /** Whether the asker may change, send, share and withdraw it. */
  writable: boolean;
  revision: number;
  savedAt: Date;
  content: ProposalContent;
  picks: PickView[];
  reasons: WordedReasons;
  /** How a greeting begins in each language, so that one that nobody touched follows the language. */
  greetings: Record<Locale, string>;
  document: ProposalDocument;
  message: string;
  sending: { number: string; sentOn: string; sentAt: Date } | null;
  withdrawnAt: Date | null;
  /** Newest first. */
  links: LinkView[];
}

/** One proposal with everything that its page shows. */
export async function getProposal(ctx: Ctx, { proposalId }: z.infer<typeof getProposalInput>): Promise<ProposalView> {
  authorize(ctx, "proposal:read");
  const row = await findProposal(ctx, proposalId);
  const { revision, picks, document } = await readDocument(ctx, row);
  const { content } = revision;
  const today = row.sending ? null : await freeToday(ctx);
  return {
    proposalId,
    state: stateOf(row),
    leadId: row.leadId,
    brand: row.brand,
    managerName: row.managerName,
    writable: may(ctx.actor, "proposal:write"),
    revision: revision.revision,
    savedAt: revision.savedAt,
    content,
    picks: [...picks.values()].map((pick) => viewPick(pick, today)),
    reasons: wordReasons(picks, content),
    greetings: { ru: documentWords.ru.greeting, en: documentWords.en.greeting },
    document,
    message: wordMessage(document),
    sending: row.sending && {
      number: numberInWords(row.sending),
      sentOn: row.sending.sentOn,
      sentAt: row.sending.sentAt,
    },
    withdrawnAt: row.withdrawnAt,
    links: row.sending ? await readLinks(ctx, proposalId) : [],
  };
}

function viewPick(
  { premisesId, facts, askingRubMonth, guide }: PremisesPick,
  today: ReadonlyMap<string, number> | null,
): PickView {
  const asking = today?.get(premisesId);
  return {
    premisesId,
    facts,
    askingRubMonth,
    guide,
    today: today && { free: asking !== undefined, askingRubMonth: asking === undefined ? null : valueOrNull(asking) },
  };
}

/** Asking rents of what is free today, NaN where unknown, by premises. */
async function freeToday(ctx: Ctx): Promise<Map<string, number>> {
  const { timeline } = await openMarket(ctx);
  const free = timeline.freeOn(dayOfDate(dateInNovosibirsk(ctx.now())));
  return new Map(
    Array.from(free.premises, (index, at) => [timeline.premises[index]!.premisesId, free.rentRubMonth[at]!]),
  );
}

async function readLinks(ctx: Ctx, proposalId: string): Promise<LinkView[]> {
  const rows = await ctx.db
    .select()
    .from(proposalLinks)
    .where(eq(proposalLinks.proposalId, proposalId))
    .orderBy(desc(proposalLinks.createdAt), desc(proposalLinks.id));
  return rows.map((row) => ({
    linkId: row.id,
    state: row.revokedAt ? "revoked" : row.expiresAt <= ctx.now() ? "expired" : "open",
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    views: row.views,
    lastViewedAt: row.lastViewedAt,
  }));
}
