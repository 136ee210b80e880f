import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireUser, trpc } from "../../../../trpc/server.tsx";
import { isPilotId } from "./pilot-id.ts";
import { PilotScreen } from "./pilot-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pilot"))("one") };
}

export default async function PilotPage({ params }: { params: Promise<{ pilotId: string }> }) {
  const { pilotId } = await params;
  const me = await requireUser(`/admin/pilot/${pilotId}`);
  if (!isPilotId(pilotId)) notFound();
  await getQueryClient().prefetchQuery(trpc.pilot.show.queryOptions({ pilotId }));
  return (
    <HydrateClient>
      <PilotScreen pilotId={pilotId} mayDecide={me.permissions.includes("pilot:decide")} />
    </HydrateClient>
  );
}
