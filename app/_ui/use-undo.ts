"use client";

import { useRef } from "react";

/** Something done that can be undone and done again, however often. */
export interface Deed {
  undo(): void;
  redo(): void;
}

export interface Undo {
  /** Puts a deed on top; what was undone before it cannot be done again. The answer undoes this very deed, once. */
  remember(deed: Deed): { undo: () => void };
  /** Undoes the last deed; false: there is none. */
  undo(): boolean;
  redo(): boolean;
}

/** The deeds of one sitting. A notice may undo a deed that is not the last: it is then out of the row. */
export function useUndo(): Undo {
  const done = useRef<Deed[]>([]);
  const undone = useRef<Deed[]>([]);

  const undo = (deed: Deed | undefined): boolean => {
    if (!deed || !done.current.includes(deed)) return false;
    done.current = done.current.filter((other) => other !== deed);
    undone.current.push(deed);
    deed.undo();
    return true;
  };

  return {
    remember: (deed) => {
      done.current.push(deed);
      undone.current = [];
      return { undo: () => undo(deed) };
    },
    undo: () => undo(done.current.at(-1)),
    redo: () => {
      const deed = undone.current.pop();
      if (!deed) return false;
      done.current.push(deed);
      deed.redo();
      return true;
    },
  };
}
