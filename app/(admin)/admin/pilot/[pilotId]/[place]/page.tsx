import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { getQueryClient, HydrateClient, requireUser, trpc } from "../../../../../trpc/server.tsx";
import { isPilotId } from "../pilot-id.ts";
import { ReviewScreen } from "./review-screen.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pilot"))("review") };
}

export default async function ReviewPage({ params }: { params: Promise<{ pilotId: string; place: string }> }) {
  const { pilotId, place } = await params;
  await requireUser(`/admin/pilot/${pilotId}/${place}`);
  if (!isPilotId(pilotId) || !/^\d{1,2}$/.test(place) || place === "0") notFound();
  await getQueryClient().prefetchQuery(trpc.pilot.lead.queryOptions({ pilotId, place: Number(place) }));
  return (
    <HydrateClient>
      <ReviewScreen key={place} pilotId={pilotId} place={Number(place)} />
    </HydrateClient>
  );
}
