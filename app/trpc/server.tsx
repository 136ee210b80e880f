import "server-only";

import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { openSession } from "#/server/auth/open-session.ts";
import { AppError } from "#/server/errors.ts";
import { clientAddress } from "#/server/http/client-address.ts";
import { openSharedProposal, type SharedProposal } from "#/server/proposals/open-shared-proposal.ts";
import { openAnonymous } from "#/server/rest/authenticate.ts";
import { appRouter, createCaller, type RouterOutputs } from "#/server/trpc/root.ts";
import { type Invitation, openInvitation } from "#/server/users/open-invitation.ts";
import { makeQueryClient } from "./query-client.ts";

/** One a request: whatever pages and layouts ask, the session is read once. */
const requestContext = cache(async () => openSession(await headers()));

export const getQueryClient = cache(makeQueryClient);

/** Query options for prefetching: `void getQueryClient().prefetchQuery(trpc.leads.get.queryOptions({ leadId }))`. */
export const trpc = createTRPCOptionsProxy({ ctx: requestContext, router: appRouter, queryClient: getQueryClient });

/** Calls procedures from a server component where the answer is needed at once. */
export const caller = createCaller(requestContext);

type Me = RouterOutputs["me"]["get"];

/** Who is signed in; null for nobody. The login page asks this. */
export const currentUser = cache(async (): Promise<Me | null> => {
  const { actor } = await requestContext();
  return actor.kind === "user" ? caller.me.get() : null;
});

/**
 * What the person who is signed in has chosen for all of his devices; null for nobody. Also null where the database does not
 * answer: the frame of a page must stand so that the page itself can say what is wrong.
 */
export const storedPreferences = cache(async (): Promise<Me["preferences"] | null> => {
  const me = await currentUser().catch(() => null);
  return me?.preferences ?? null;
});

/**
 * What a client's link opens; null: there is no such link. Whoever follows it is nobody to us: no session is looked at. Asked
 * once a request, so that one reading counts as one.
 */
export const openShared = cache(async (token: string): Promise<SharedProposal | null> => {
  const head = await headers();
  try {
    return await openSharedProposal(
      await openAnonymous(head),
      { token },
      { address: clientAddress(head), counts: true },
    );
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
});

/** Who is signed in; sends anybody else to the login page and back to `path` afterwards. */
export async function requireUser(path: string): Promise<Me> {
  return (await currentUser()) ?? redirect(`/login?callbackUrl=${encodeURIComponent(path)}`);
}

/** The product's owner or an administrator, as `requireUser` brings him; to a manager the page does not exist. */
export async function requireOwner(path: string): Promise<Me> {
  const me = await requireUser(path);
  return me.role === "manager" ? notFound() : me;
}

/** An administrator; to anybody else the page does not exist. */
export async function requireAdmin(path: string): Promise<Me> {
  const me = await requireUser(path);
  return me.role === "admin" ? me : notFound();
}

/** Whom an invitation's link is for; null: there is no such link. The bearer is nobody to us: no session is looked at. */
export const openInvited = cache(
  async (token: string): Promise<Pick<Invitation, "name" | "email" | "known"> | null> => {
    try {
      const { name, email, known } = await openInvitation(await openAnonymous(await headers()), { token });
      return { name, email, known };
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    }
  },
);

/** Hands what the page has prefetched over to the browser. */
export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
