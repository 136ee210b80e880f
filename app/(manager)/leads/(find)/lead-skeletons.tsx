import { Skeleton } from "@mantine/core";
import classes from "./lead-finder.module.css";

const places = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** Rows of the size of real ones, so that nothing jumps when they come. */
export function LeadSkeletons() {
  return (
    <div className={classes.rows} aria-hidden>
      {places.map((place) => (
        <div key={place} className={classes.skeleton}>
          <Skeleton height={16} width="38%" radius="sm" />
          <Skeleton height={18} width="62%" radius="sm" mt={10} />
        </div>
      ))}
    </div>
  );
}
