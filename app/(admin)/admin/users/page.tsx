import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireAdmin, trpc } from "../../../trpc/server.tsx";
import { UsersScreen } from "./users-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.users"))("title") };
}

export default async function UsersPage() {
  const me = await requireAdmin("/admin/users");
  await getQueryClient().prefetchQuery(trpc.keys.list.queryOptions());
  return (
    <HydrateClient>
      <UsersScreen myId={me.userId} />
    </HydrateClient>
  );
}
