import { Skeleton } from "@mantine/core";
import classes from "./lead-finder.module.css";
import listClasses from "./lead-list.module.css";

const places = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** Rows of the size of real ones, so that nothing jumps when they come. */
export function LeadSkeletons({ view = "cards" }: { view?: "cards" | "lines" }) {
  return (
    <div className={listClasses.table} aria-hidden>
      <div className={listClasses.head} />
      {places.map((place) => (
        <div key={place} className={listClasses.skeleton} data-view={view}>
          <Skeleton height={16} width="38%" radius="sm" />
          {view === "cards" && <Skeleton height={18} width="62%" radius="sm" mt={10} />}
        </div>
      ))}
    </div>
  );
}

/** The whole screen before its first answer. */
export function FinderSkeleton() {
  return (
    <div className={classes.page} aria-hidden>
      <Skeleton height={48} radius="md" />
      <Skeleton height={14} width="16rem" radius="sm" mt={10} />
      <Skeleton height={30} width="22rem" radius="sm" mt={14} />
      <div className={classes.heading}>
        <Skeleton height={16} width="9rem" radius="sm" />
      </div>
      <LeadSkeletons />
    </div>
  );
}
