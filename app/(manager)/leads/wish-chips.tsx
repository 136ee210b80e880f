import { useTranslations } from "next-intl";
import { type LeadRow, useWishWords } from "./use-wish-words.ts";
import classes from "./wish-chips.module.css";

/** What the lead did say, in one line; what it did not is left out here and asked for on the lead's own card. */
export function WishChips({ lead }: { lead: LeadRow }) {
  const t = useTranslations("wishes");
  const { area, budget, bank, districts } = useWishWords()(lead);
  const said = [area, budget, bank, districts].filter((words) => words !== null);
  if (said.length === 0) return <span className={classes.none}>{t("none")}</span>;
  return (
    <span className={classes.chips}>
      {said.map((words) => (
        <span key={words} className={classes.chip}>
          {words}
        </span>
      ))}
    </span>
  );
}
