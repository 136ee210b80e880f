import { z } from "zod";
import { crmId } from "../leads/get-lead.ts";
import { reasonNames } from "./client-reasons.ts";

/** Postgres keeps neither NUL nor half a surrogate pair, and no client misses them. */
const words = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => text.replaceAll("\0", "").toWellFormed());

/** All that a manager may change in a draft. Texts are kept as typed; they are trimmed where they are shown. */
export const proposalContent = z.strictObject({
  /** Of the proposal, whatever the screen speaks. */
  locale: z.enum(["ru", "en"]),
  greeting: words(2000),
  contact: z.strictObject({ name: words(120), phone: words(60), email: words(200) }),
  /** In the order in which the client reads them. */
  items: z
    .array(
      z.strictObject({
        premisesId: crmId,
        /** What we ask of this client; null: no price is named. */
        rentRubMonth: z.number().positive().lt(1_000_000_000).nullable(),
        note: words(1000),
        /** Reasons that the manager does not want to be named. */
        hidden: z.array(z.enum(reasonNames)).max(reasonNames.length),
      }),
    )
    .max(20)
    .refine((items) => new Set(items.map((item) => item.premisesId)).size === items.length, "no premises twice"),
});

export type ProposalContent = z.infer<typeof proposalContent>;
export type ProposalItem = ProposalContent["items"][number];
