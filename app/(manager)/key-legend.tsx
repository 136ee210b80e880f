"use client";

import dynamic from "next/dynamic";

const KeyLegendSheet = dynamic(() => import("./key-legend-sheet.tsx").then((module) => module.KeyLegendSheet), {
  ssr: false,
});

/** The keys of the application; loaded when somebody asks for them. */
export function KeyLegend({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return opened ? <KeyLegendSheet onClose={onClose} /> : null;
}
