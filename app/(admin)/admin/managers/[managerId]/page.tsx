import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { caller, getQueryClient, HydrateClient, requireOwner, trpc } from "../../../../trpc/server.tsx";
import { type ReportScope, readScope } from "../../../report-address.ts";
import { ManagerScreen } from "./manager-screen.tsx";

type Props = {
  params: Promise<{ managerId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The scope of the page: the address's own, without another manager. */
async function scopeOfPage(searchParams: Props["searchParams"]): Promise<Omit<ReportScope, "ofManager">> {
  const { ofManager: _, ...scope } = readScope(await searchParams);
  return scope;
}

/** Whose page it is; null: the CRM knows no such manager. */
const findName = cache(async (managerId: string): Promise<string | null> => {
  const { managers } = await caller.leads.choices();
  return managers?.find((one) => one.managerId === managerId)?.name ?? null;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { managerId } = await params;
  await requireOwner(`/admin/managers/${managerId}`);
  const name = await findName(decodeURIComponent(managerId));
  return name === null ? {} : { title: name };
}

export default async function ManagerPage({ params, searchParams }: Props) {
  const { managerId: written } = await params;
  await requireOwner(`/admin/managers/${written}`);
  const managerId = decodeURIComponent(written);
  const name = await findName(managerId);
  if (name === null) notFound();
  const scope = await scopeOfPage(searchParams);
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.leads.choices.queryOptions()),
    queries.prefetchQuery(trpc.reports.manager.queryOptions({ managerId, scope })),
    queries.prefetchQuery(trpc.reports.conversionByMonth.queryOptions({ ...scope, ofManager: managerId })),
    queries.prefetchQuery(trpc.reports.funnelByStage.queryOptions({ ...scope, ofManager: managerId })),
  ]);
  return (
    <HydrateClient>
      <ManagerScreen managerId={managerId} name={name} />
    </HydrateClient>
  );
}
