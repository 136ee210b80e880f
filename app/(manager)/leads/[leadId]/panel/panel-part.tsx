import type { ReactNode } from "react";
import classes from "./panel-part.module.css";

/** One part of the details under its heading. `source` says where it comes from: what is known, or what a model thinks. */
export function PanelPart({ title, source, children }: { title: string; source?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <div className={classes.heading}>
        <h3 className={classes.title}>{title}</h3>
        {source !== undefined && <span className={classes.source}>{source}</span>}
      </div>
      {children}
    </section>
  );
}
