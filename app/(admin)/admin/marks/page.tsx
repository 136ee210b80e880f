import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireOwner, trpc } from "../../../trpc/server.tsx";
import { MarksScreen } from "./marks-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("marks"))("title") };
}

export default async function MarksPage() {
  await requireOwner("/admin/marks");
  await getQueryClient().prefetchQuery(trpc.feedback.outliers.queryOptions({}));
  return (
    <HydrateClient>
      <MarksScreen />
    </HydrateClient>
  );
}
