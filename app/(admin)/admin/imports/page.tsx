import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { ImportsScreen } from "./imports-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("title") };
}

export default async function ImportsPage() {
  await requireOwner("/admin/imports");
  await getQueryClient().prefetchQuery(trpc.imports.list.queryOptions());
  return (
    <HydrateClient>
      <ImportsScreen />
    </HydrateClient>
  );
}
