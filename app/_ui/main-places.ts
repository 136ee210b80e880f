import {
  IconAdjustmentsHorizontal,
  IconBuildingStore,
  IconFileDescription,
  IconSunrise,
  IconUsers,
} from "@tabler/icons-react";
import type { Role } from "#/server/permissions.ts";

/** Where the bar leads: a place whose address begins with another's stands behind it. */
const places = [
  { href: "/leads", word: "leads", icon: IconUsers },
  { href: "/premises", word: "premises", icon: IconBuildingStore },
  { href: "/premises/newly-free", word: "newlyFree", icon: IconSunrise },
  { href: "/proposals", word: "proposals", icon: IconFileDescription },
] as const;

const managing = { href: "/admin", word: "admin", icon: IconAdjustmentsHorizontal } as const;

export type MainPlace = (typeof places)[number] | typeof managing;

/** What is on the bar of this role. */
export function mainPlaces(role: Role): readonly MainPlace[] {
  return role === "manager" ? places : [...places, managing];
}
