import {
  IconAdjustmentsHorizontal,
  IconBuildingStore,
  IconFileDescription,
  IconSunrise,
  IconUsers,
} from "@tabler/icons-react";
import type { Role } from "#/server/permissions.ts";

/** Where the bar leads; the account menu has the same on narrow screens. The longest address that fits is where one is. */
const places = [
  { href: "/leads", word: "leads", icon: IconUsers },
  { href: "/premises", word: "premises", icon: IconBuildingStore },
  { href: "/premises/newly-free", word: "newlyFree", icon: IconSunrise },
  { href: "/proposals", word: "proposals", icon: IconFileDescription },
] as const;

const managing = { href: "/admin", word: "admin", icon: IconAdjustmentsHorizontal } as const;

/** What is on the bar of this role. */
export function mainPlaces(role: Role) {
  return role === "manager" ? places : ([...places, managing] as const);
}
