import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireUser, trpc } from "../../trpc/server.tsx";
import { funnelSpan } from "./me-address.ts";
import { MyPage } from "./my-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me"))("title") };
}

export default async function MePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const me = await requireUser("/me");
  const span = funnelSpan.parseServerSide((await searchParams).span);
  if (me.managerId !== null) {
    const queries = getQueryClient();
    // What the marks changed is asked for by its card: judging twenty boards twice takes its time.
    await Promise.all([
      queries.prefetchQuery(trpc.me.taste.queryOptions()),
      queries.prefetchQuery(trpc.me.funnel.queryOptions({ span })),
    ]);
  }
  return (
    <HydrateClient>
      <MyPage me={me} />
    </HydrateClient>
  );
}
