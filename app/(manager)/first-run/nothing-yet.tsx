import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Hollow } from "../../_ui/hollow.tsx";

export interface NothingYetProps {
  /** What the list will hold; its name in `firstRun`. */
  what: "leads" | "premises";
  icon: Parameters<typeof Hollow>[0]["icon"];
}

/** Seen once in the life of a database, and by its administrator alone. */
const DemoOffer = dynamic(() => import("./demo-offer.tsx").then(({ DemoOffer }) => DemoOffer));

/** Stands where a list would be before the first import: whoever may fill the database is told how, the others that it comes by itself. */
export function NothingYet({ me, ...list }: NothingYetProps & { me: RouterOutputs["me"]["get"] }) {
  const t = useTranslations("firstRun");
  if (me.permissions.includes("demo:load")) return <DemoOffer {...list} />;
  return <Hollow icon={list.icon} title={t(list.what)} text={t("wait")} />;
}
