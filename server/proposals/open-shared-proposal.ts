import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { proposalLinks, proposals } from "#/db/schema/proposals.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { countDeed, type RateLimit } from "../rate-limit.ts";
import type { Firm } from "../settings/firm.ts";
import type { Locale } from "../wording.ts";
import { dateInWords, type ProposalDocument } from "./describe-document.ts";
import { documentWords } from "./document-words.ts";
import { readDocument, selectProposals, stateOf } from "./proposal-row.ts";
import { hashToken } from "./share-proposal.ts";

/** As `shareProposal` makes them: anything else is not even looked up. */
const sharedInput = z.strictObject({ token: z.string().regex(/^[\w-]{32}$/) });

/** Clients of one office share an address, and a page with its PDF is two. */
const perAddress: RateLimit = { name: "shared-proposals", points: 120, seconds: 600 };

export type SharedProposal =
  | { state: "open"; document: ProposalDocument; words: { until: string; download: string } }
  /** It is there no more: whom to ask for it. */
  | {
      state: "expired" | "revoked" | "withdrawn";
      locale: Locale;
      words: { title: string; text: string };
      firm: Pick<Firm, "name" | "phone" | "email" | "accent">;
      contact: ProposalDocument["contact"];
    };

/**
 * What a client's link opens: this proposal and nothing else. Open to whoever has the token, hence no `authorize`; counted by
 * address, so that tokens cannot be tried. `counts`: it is a reading of the page, to be counted as one.
 */
export async function openSharedProposal(
  ctx: Ctx,
  input: z.infer<typeof sharedInput>,
  { address, counts }: { address: string; counts: boolean },
): Promise<SharedProposal> {
  await countDeed(ctx.db, perAddress, address);
  let token: string;
  try {
    ({ token } = parseInput(sharedInput, input));
  } catch {
    throw noSuchLink();
  }
  const [link] = await ctx.db
    .select()
    .from(proposalLinks)
    .where(eq(proposalLinks.tokenSha256, hashToken(token)));
  if (!link) throw noSuchLink();
  const [row] = await selectProposals(ctx).where(eq(proposals.id, link.proposalId));
  if (!row?.sending) throw noSuchLink();
  const { document } = await readDocument(ctx, row);
  const closed =
    stateOf(row) === "withdrawn"
      ? "withdrawn"
      : link.revokedAt
        ? "revoked"
        : link.expiresAt <= ctx.now()
          ? "expired"
          : null;
  if (closed) {
    const { name, phone, email, accent } = document.firm;
    const { locale, contact } = document;
    const words = documentWords[locale].shared.closed[closed];
    return { state: closed, locale, words, firm: { name, phone, email, accent }, contact };
  }
  if (counts)
    await ctx.db
      .update(proposalLinks)
      .set({ views: sql`${proposalLinks.views} + 1`, lastViewedAt: ctx.now() })
      .where(eq(proposalLinks.id, link.id));
  const { until, download } = documentWords[document.locale].shared;
  const lastDay = dateInWords(dateInNovosibirsk(link.expiresAt), document.locale);
  return { state: "open", document, words: { until: until(lastDay), download } };
}

/** Never there, or mistyped: nobody can tell the two apart. */
export function noSuchLink(): AppError {
  return new AppError(
    "not_found",
    {
      ru: "Такой ссылки нет. Проверьте, целиком ли она скопирована.",
      en: "There is no such link. Check that it was copied whole.",
    },
    { place: "token" },
  );
}
