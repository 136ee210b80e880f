import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { AuditScreen } from "./audit-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.audit"))("title") };
}

export default async function AuditPage() {
  await requireOwner("/admin/audit");
  const queries = getQueryClient();
  await Promise.all([
    queries.prefetchQuery(trpc.audit.lastCheck.queryOptions()),
    queries.prefetchQuery(trpc.audit.actions.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <AuditScreen />
    </HydrateClient>
  );
}
