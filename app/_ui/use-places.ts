import { usePathname } from "next/navigation";
import type { Role } from "#/server/permissions.ts";
import { type MainPlace, mainPlaces } from "./main-places.ts";

/** The places of this role, and which of them one is in: the longest address that fits; undefined where none does. */
export function usePlaces(role: Role): { places: readonly MainPlace[]; here: MainPlace | undefined } {
  const path = usePathname();
  const places = mainPlaces(role);
  return { places, here: places.findLast(({ href }) => path === href || path.startsWith(`${href}/`)) };
}
