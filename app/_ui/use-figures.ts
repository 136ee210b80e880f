import { useLocale } from "next-intl";
import { type Figures, figures } from "./figures.ts";

/** Numbers and days in the reader's language. */
export function useFigures(): Figures {
  return figures(useLocale());
}
