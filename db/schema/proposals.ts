import { sql } from "drizzle-orm";
import {
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { leads } from "./leads.ts";
import { managers } from "./managers.ts";
import { matchRuns } from "./matching.ts";
import { models } from "./models.ts";
import { premises } from "./premises.ts";

/** Premises chosen for a client. What it says is in its revisions; whether it was sent, in its sending. */
export const proposals = pgTable(
  "proposals",
  {
    id: uuid().primaryKey().defaultRandom(),
    leadId: text()
      .notNull()
      .references(() => leads.id, { onDelete: "restrict" }),
    /** In whose name; NULL where an administrator drafted it for a lead that nobody has. */
    managerId: text().references(() => managers.id, { onDelete: "restrict" }),
    createdBy: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [
    index("proposals_lead_idx").on(t.leadId, t.createdAt),
    index("proposals_manager_idx").on(t.managerId, t.createdAt),
  ],
);

/** A premises as the run saw it that it was picked from: facts, what speaks for it, what the price guide said. Never changed. */
export const proposalPicks = pgTable(
  "proposal_picks",
  {
    proposalId: uuid()
      .notNull()
      .references(() => proposals.id, { onDelete: "restrict" }),
    premisesId: text()
      .notNull()
      .references(() => premises.id, { onDelete: "restrict" }),
    runId: uuid().references(() => matchRuns.id, { onDelete: "set null" }),
    /** NULL: the hand rules answered. */
    modelId: integer().references(() => models.id, { onDelete: "restrict" }),
    asOf: date().notNull(),
    askingRubMonth: doublePrecision(),
    facts: jsonb().$type<unknown>().notNull(),
    reasons: jsonb().$type<unknown>().notNull(),
    guide: jsonb().$type<unknown>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.premisesId] }), index("proposal_picks_run_idx").on(t.runId)],
);

/** Every state a draft was ever in: saving appends, and undoing appends what stood before. */
export const proposalRevisions = pgTable(
  "proposal_revisions",
  {
    proposalId: uuid()
      .notNull()
      .references(() => proposals.id, { onDelete: "restrict" }),
    revision: integer().notNull(),
    content: jsonb().$type<unknown>().notNull(),
    savedBy: text().notNull(),
    savedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.revision] })],
);

/** The last number given out in a year; its row is what sendings queue at, so that numbers have no gaps and no doubles. */
export const proposalNumbers = pgTable("proposal_numbers", {
  year: smallint().primaryKey(),
  last: integer().notNull(),
});

/** A proposal went to its client, once: which revision, under which header and number. */
export const proposalSendings = pgTable(
  "proposal_sendings",
  {
    proposalId: uuid()
      .primaryKey()
      .references(() => proposals.id, { onDelete: "restrict" }),
    year: smallint().notNull(),
    number: integer().notNull(),
    revision: integer().notNull(),
    /** Name, phone, e-mail, requisites, accent, as they stood. */
    firm: jsonb().$type<unknown>().notNull(),
    /** The client's name as the CRM had it. */
    client: text(),
    sentOn: date().notNull(),
    sentBy: text().notNull(),
    sentAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [uniqueIndex("proposal_sendings_number_idx").on(t.year, t.number)],
);

/** One premises of a sent proposal: an offer, which training reads beside the CRM's deals. */
export const proposalOffers = pgTable(
  "proposal_offers",
  {
    proposalId: uuid()
      .notNull()
      .references(() => proposals.id, { onDelete: "restrict" }),
    premisesId: text()
      .notNull()
      .references(() => premises.id, { onDelete: "restrict" }),
    leadId: text()
      .notNull()
      .references(() => leads.id, { onDelete: "restrict" }),
    managerId: text().references(() => managers.id, { onDelete: "restrict" }),
    sentOn: date().notNull(),
    /** From 1, in the order in which the client reads them. */
    place: smallint().notNull(),
    /** NULL: offered without a price. */
    rentRubMonth: doublePrecision(),
    runId: uuid().references(() => matchRuns.id, { onDelete: "set null" }),
    modelId: integer().references(() => models.id, { onDelete: "restrict" }),
    /** Its rank in the run, from 1 among the kept; NULL: that run removed it, or there is none. */
    rank: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.proposalId, t.premisesId] }),
    // A manager's offers of a span: how far he follows the model.
    index("proposal_offers_manager_sent_idx").on(t.managerId, t.sentOn),
    index("proposal_offers_pair_idx").on(t.leadId, t.premisesId, t.sentOn),
    index("proposal_offers_premises_idx").on(t.premisesId),
    index("proposal_offers_run_idx").on(t.runId),
    check("proposal_offers_rank", sql`${t.rank} > 0`),
    check("proposal_offers_rent_rub_month", sql`${t.rentRubMonth} > 0 and ${t.rentRubMonth} < 1000000000`),
  ],
);

/** A sent proposal was taken back: its links say so, and from that day it was no offer. */
export const proposalWithdrawals = pgTable(
  "proposal_withdrawals",
  {
    proposalId: uuid().primaryKey(),
    withdrawnOn: date().notNull(),
    withdrawnBy: text().notNull(),
    withdrawnAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [
    // Named: the generated name is longer than Postgres keeps.
    foreignKey({
      name: "proposal_withdrawals_sending_fk",
      columns: [t.proposalId],
      foreignColumns: [proposalSendings.proposalId],
    }).onDelete("restrict"),
  ],
);

/** A way in for a client without an account. The token itself is told once and kept nowhere: only its SHA-256 is. */
export const proposalLinks = pgTable(
  "proposal_links",
  {
    id: uuid().primaryKey().defaultRandom(),
    proposalId: uuid()
      .notNull()
      .references(() => proposalSendings.proposalId, { onDelete: "restrict" }),
    tokenSha256: text().notNull(),
    createdBy: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    revokedAt: timestamp({ withTimezone: true }),
    views: integer().notNull().default(0),
    lastViewedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("proposal_links_token_idx").on(t.tokenSha256),
    index("proposal_links_proposal_idx").on(t.proposalId, t.createdAt),
  ],
);
