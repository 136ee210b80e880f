import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./match-board.module.css";

const cards = ["a", "b", "c", "d", "e", "f"];

/** Two columns of cards of the usual size while the premises are judged. */
export function BoardSkeleton() {
  const t = useTranslations("board");
  return (
    <div className={classes.columns}>
      <VisuallyHidden role="status">{t("loading")}</VisuallyHidden>
      {[t("kept"), t("removed")].map((title) => (
        <div key={title} className={classes.skeletonColumn} aria-hidden>
          <div className={classes.skeletonTitle}>{title}</div>
          {cards.map((card) => (
            <Skeleton key={card} height={148} radius="lg" className={classes.skeletonCard} />
          ))}
        </div>
      ))}
    </div>
  );
}
