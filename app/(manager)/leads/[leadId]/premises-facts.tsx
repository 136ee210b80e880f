import {
  IconBucket,
  IconDroplet,
  IconDropletOff,
  IconPaint,
  IconRipple,
  IconRippleOff,
  IconWall,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { BoardItem } from "./board-answers.ts";
import classes from "./premises-facts.module.css";

/** Fit-out, water and sewerage as small signs, each with its words; what is not known has no sign. */
export function UtilitySigns({ item }: { item: BoardItem }) {
  const t = useTranslations("premises");
  const signs: { icon: typeof IconDroplet; words: string; lacking: boolean }[] = [];
  if (item.fitOut !== null) {
    const icon = { shell: IconWall, prefinished: IconBucket, finished: IconPaint }[item.fitOut];
    signs.push({ icon, words: t(`fitOutOf.${item.fitOut}`), lacking: item.fitOut === "shell" });
  }
  if (item.water !== null) {
    signs.push(
      item.water
        ? { icon: IconDroplet, words: t("waterYes"), lacking: false }
        : { icon: IconDropletOff, words: t("waterNo"), lacking: true },
    );
  }
  if (item.sewerage !== null) {
    const words = {
      mains: t("sewerageYes"),
      temporary: t("sewerageTemporary"),
      none: t("sewerageNo"),
    }[item.sewerage];
    const none = item.sewerage === "none";
    signs.push({ icon: none ? IconRippleOff : IconRipple, words, lacking: none });
  }
  if (signs.length === 0) return null;
  return (
    <span className={classes.signs}>
      {signs.map(({ icon: Icon, words, lacking }) => (
        <span
          key={words}
          title={words}
          className={classes.sign}
          data-lacking={lacking || undefined}
          role="img"
          aria-label={words}
        >
          <Icon size={16} stroke={1.7} aria-hidden />
        </span>
      ))}
    </span>
  );
}

/** The floor as people call it; null where it is not known. */
export function useFloorWords(): (floor: number | null) => string | null {
  const t = useTranslations("premises");
  return (floor) => {
    if (floor === null) return null;
    if (floor < 0) return t("basement");
    return floor === 0 ? t("groundFloor") : t("floor", { floor: String(floor) });
  };
}

/** `Ленинский, левый берег · 1 этаж`; what is not known is left out. */
export function usePlaceWords(): (item: Pick<BoardItem, "district" | "bank" | "floor">) => string {
  const wishes = useTranslations("wishes");
  const floorWords = useFloorWords();
  return (item) => {
    const place = [item.district, item.bank === null ? null : wishes(`bankOf.${item.bank}`)].filter(Boolean).join(", ");
    return [place, floorWords(item.floor)].filter(Boolean).join(" · ");
  };
}
