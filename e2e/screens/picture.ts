import path from "node:path";
import type { Screen } from "./screen.ts";

/** What pictures of a screen need of it. */
export type Pictured = Pick<Screen, "name" | "about" | "main">;

export const pictures = path.resolve(import.meta.dirname, "../../docs/screenshots");
export const picturing = process.env.SCREENSHOTS === "1";

export function pictureName({ name }: Pictured, width: number, scheme: string): string {
  return `${name}-${width}-${scheme}.png`;
}

/** The first is the one that is shown at once. */
export function picturesOf(screen: Pictured): string[] {
  const wide = pictureName(screen, 1440, "light");
  if (!screen.main) return [wide];
  return [wide, pictureName(screen, 1440, "dark"), pictureName(screen, 360, "light"), pictureName(screen, 360, "dark")];
}
