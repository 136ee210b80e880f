import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { caller, HydrateClient, requireUser } from "../../../trpc/server.tsx";
import { readAsOf } from "../../leads/[leadId]/board-address.ts";
import { PremisesScreen } from "./premises-screen.tsx";

const findPremises = cache(async (premisesId: string, asOf: string | undefined) => {
  try {
    return await caller.premises.get({ premisesId, asOf });
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST"))
      return null;
    throw error;
  }
});

type Props = {
  params: Promise<{ premisesId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { premisesId } = await params;
  await requireUser(`/premises/${premisesId}`);
  const premises = await findPremises(decodeURIComponent(premisesId), readAsOf((await searchParams).asOf));
  return premises ? { title: premises.address ?? premises.name } : {};
}

// There is no loading.tsx at or above this page: once a placeholder is sent, premises that are not there could no longer be a 404.
export default async function OnePremisesPage({ params, searchParams }: Props) {
  const { premisesId } = await params;
  const me = await requireUser(`/premises/${premisesId}`);
  const premises = await findPremises(decodeURIComponent(premisesId), readAsOf((await searchParams).asOf));
  if (!premises) notFound();
  // The leads are not waited for: thousands may be open, and the facts are of use at once.
  return (
    <HydrateClient>
      <PremisesScreen premises={premises} me={me} />
    </HydrateClient>
  );
}
