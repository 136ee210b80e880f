"use client";

import { usePhysicalKeys } from "../../../_ui/physical-keys.ts";
import { keyedReasons, type MarkReason } from "./board-answers.ts";
import type { Side } from "./use-board-cursor.ts";

/** What the keys of the board do; each acts on the premises under the cursor unless its name says otherwise. */
export interface BoardDeeds {
  step(by: 1 | -1): void;
  stepPicking(by: 1 | -1): void;
  cross(side: Side): void;
  mark(reason: MarkReason | null): void;
  markPicked(): void;
  markGroup(): void;
  pick(): void;
  pickColumn(): void;
  open(): void;
  compare(): void;
  toggleMap(): void;
  leave(): void;
  undo(): void;
  redo(): void;
}

/** The keyboard of the board, by physical keys. */
export function useBoardKeys(deeds: BoardDeeds): void {
  /** Instead of what the browser would do with the key. */
  const instead = (deed: () => void) => (event: KeyboardEvent) => {
    event.preventDefault();
    deed();
  };
  usePhysicalKeys({
    KeyJ: instead(() => deeds.step(1)),
    KeyK: instead(() => deeds.step(-1)),
    ArrowDown: instead(() => deeds.step(1)),
    ArrowUp: instead(() => deeds.step(-1)),
    "Shift+KeyJ": instead(() => deeds.stepPicking(1)),
    "Shift+KeyK": instead(() => deeds.stepPicking(-1)),
    "Shift+ArrowDown": instead(() => deeds.stepPicking(1)),
    "Shift+ArrowUp": instead(() => deeds.stepPicking(-1)),
    ArrowLeft: () => deeds.cross("keep"),
    ArrowRight: () => deeds.cross("remove"),
    KeyX: () => deeds.mark(null),
    ...Object.fromEntries(keyedReasons.map((reason, place) => [`Digit${place + 1}`, () => deeds.mark(reason)])),
    "Shift+KeyX": () => deeds.markPicked(),
    KeyR: () => deeds.markGroup(),
    KeyP: () => deeds.pick(),
    KeyA: () => deeds.pickColumn(),
    KeyC: () => deeds.compare(),
    KeyM: () => deeds.toggleMap(),
    Enter: (event) => {
      const pressed = event.target instanceof Element && event.target.closest("a, button, summary");
      if (!pressed) deeds.open();
    },
    Escape: () => deeds.leave(),
    "Ctrl+KeyZ": instead(() => deeds.undo()),
    "Ctrl+Shift+KeyZ": instead(() => deeds.redo()),
  });
}
