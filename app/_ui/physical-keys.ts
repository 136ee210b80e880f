"use client";

import { useEffect, useEffectEvent } from "react";
import { useSingleKeys } from "./preferences.tsx";

/** `KeyJ`, `Shift+Slash`, `Ctrl+KeyZ` → deed. Keys are where they lie on the keyboard, whatever layout is on. */
export type KeyBindings = Record<string, (event: KeyboardEvent) => void>;

const fields = "input, textarea, select, [contenteditable=''], [contenteditable=true]";
const ownKeys = "[role=dialog], [role=menu], [role=listbox]";
/** Keys that write no character stay on: only single characters must be possible to turn off. */
const characterless = /^(Shift\+)?(Arrow|Enter|Escape|Home|End|Page)/;

/** A stroke's name: its modifiers and its physical key. Ctrl and ⌘ are one. */
function strokeOf(event: Pick<KeyboardEvent, "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  const held = [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift"].filter(
    Boolean,
  );
  return [...held, event.code].join("+");
}

/** Some reach `/` and `?` elsewhere than on the US key; what they typed counts as well. */
function strokesOf(event: KeyboardEvent): string[] {
  const strokes = [strokeOf(event)];
  if (event.ctrlKey || event.metaKey || event.altKey) return strokes;
  if (event.key === "?") strokes.push("Shift+Slash");
  if (event.key === "/") strokes.push("Slash");
  return strokes;
}

/** Listens while mounted. Silent in fields, menus and dialogs, which have keys of their own. */
export function usePhysicalKeys(bindings: KeyBindings): void {
  const singleKeys = useSingleKeys();

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(`${fields}, ${ownKeys}`) && !event.ctrlKey && !event.metaKey) return;
    if (target?.closest(fields) && event.code === "KeyZ") return;

    const stroke = strokesOf(event).find((candidate) => bindings[candidate]);
    if (!stroke) return;
    if (!singleKeys && !stroke.startsWith("Ctrl+") && !characterless.test(stroke)) return;
    bindings[stroke]?.(event);
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
