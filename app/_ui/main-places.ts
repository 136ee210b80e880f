import { IconBuildingStore, IconFileDescription, IconSunrise, IconUsers } from "@tabler/icons-react";

/** Where the bar leads; the account menu has the same on narrow screens. The longest address that fits is where one is. */
export const mainPlaces = [
  { href: "/leads", word: "leads", icon: IconUsers },
  { href: "/premises", word: "premises", icon: IconBuildingStore },
  { href: "/premises/newly-free", word: "newlyFree", icon: IconSunrise },
  { href: "/proposals", word: "proposals", icon: IconFileDescription },
] as const;
