"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./wide-table.module.css";

/**
 * A table that may be wider than its place: it scrolls there, its first column stays, and a shadow says on which side columns
 * are out of sight.
 */
export function WideTable(props: { label: string; className?: string; children: ReactNode }) {
  const box = useRef<HTMLElement>(null);
  const [hidden, setHidden] = useState({ before: false, after: false });
  useEffect(() => {
    const scrolled = box.current!;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = scrolled;
      // A scroll is a fraction where the widths are whole pixels.
      const [before, after] = [scrollLeft > 1, scrollLeft + clientWidth < scrollWidth - 1];
      setHidden((was) => (was.before === before && was.after === after ? was : { before, after }));
    };
    const observer = new ResizeObserver(look);
    for (const part of [scrolled, ...scrolled.children]) observer.observe(part);
    scrolled.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      scrolled.removeEventListener("scroll", look);
    };
  }, []);
  return (
    <div
      className={[classes.frame, props.className].join(" ")}
      data-before={hidden.before || undefined}
      data-after={hidden.after || undefined}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section ref={box} className={classes.scroll} tabIndex={0} aria-label={props.label}>
        {props.children}
      </section>
    </div>
  );
}
