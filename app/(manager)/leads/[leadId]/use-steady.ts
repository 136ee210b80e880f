"use client";

import { useEffect, useRef, useState } from "react";

type Deeds = Record<string, (...args: never[]) => void>;

/**
 * The same functions for as long as the screen lives, each doing what the latest one does: cards that get them are not drawn
 * again because something else on the screen has changed.
 */
export function useSteady<T extends Deeds>(deeds: T): T {
  const latest = useRef(deeds);
  useEffect(() => {
    latest.current = deeds;
  });
  const [steady] = useState(
    () =>
      Object.fromEntries(
        Object.keys(deeds).map((name) => [name, (...args: never[]) => latest.current[name]?.(...args)]),
      ) as T,
  );
  return steady;
}
