import { randomUUID } from "node:crypto";
import { extractText, getDocumentProxy } from "unpdf";
import { beforeAll, expect, test } from "vitest";
import { users } from "#/db/schema/users.ts";
import { castLeads, castManagers, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { writeSessionToken } from "../auth/session.ts";
import { sessionSettings } from "../auth/session-settings.ts";
import type { Actor } from "../context.ts";
import { draftProposal } from "../proposals/draft-proposal.ts";
import { revokeLink } from "../proposals/revoke-link.ts";
import { sendProposal } from "../proposals/send-proposal.ts";
import { shareProposal } from "../proposals/share-proposal.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { testRuntime } from "../testing/test-runtime.ts";
import { answerProposalPdf, answerSharedPdf } from "./answer-proposal-pdf.ts";

const database = useTestDatabase();
const home = useTestHome();
const anna: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id };
const ctx = () => testCtx(database.connection, anna, { now: () => new Date() });
let proposalId: string;

async function asUser(userId: number | null, id = proposalId): Promise<Response> {
  const runtime = testRuntime(database, home.path);
  const { secret } = sessionSettings(runtime.env);
  const token = userId === null ? "" : await writeSessionToken({ userId, sessionVersion: 1 }, secret);
  const headers = { cookie: `next-auth.session-token=${token}` };
  return answerProposalPdf(new Request("http://x/api/proposals/x/pdf", { headers }), id, runtime);
}

const byLink = (token: string) =>
  answerSharedPdf(new Request("http://x/api/p/x/pdf"), token, testRuntime(database, home.path));

beforeAll(async () => {
  const { db } = database.connection;
  await insertCast(db);
  await db.insert(users).values([
    { id: 1, email: "a@x.test", name: "Анна Белова", role: "manager", managerId: "101", passwordHash: "none" },
    { id: 2, email: "b@x.test", name: "Борис Котов", role: "manager", managerId: "102", passwordHash: "none" },
    { id: 3, email: "o@x.test", name: "Владелец", role: "owner", passwordHash: "none" },
  ]);
  ({ proposalId } = await draftProposal(ctx(), {
    leadId: castLeads.coffee.id,
    premisesIds: ["501"],
    idempotencyKey: randomUUID(),
  }));
});

test("a draft is for whoever may read it, and says that it is one", async () => {
  const answer = await asUser(1);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent("Черновик.pdf"));
  const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
  expect((await extractText(pdf, { mergePages: true })).text).toContain("Красный проспект, 25");
  expect((await asUser(3)).status).toBe(200);
  expect((await asUser(2)).status).toBe(404);
  expect((await asUser(null)).status).toBe(401);
  expect((await asUser(1, "x")).status).toBe(400);
});

test("a client gets what was sent by his link alone, until it is revoked", async () => {
  await sendProposal(ctx(), { proposalId, revision: 1 });
  const { token, linkId } = await shareProposal(ctx(), { proposalId, days: 14 });
  const answer = await byLink(token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent("КП "));
  await revokeLink(ctx(), { proposalId, linkId });
  for (const tried of [token, proposalId, "A".repeat(32), ""]) {
    const refused = await byLink(tried);
    expect([refused.status, refused.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  }
});
