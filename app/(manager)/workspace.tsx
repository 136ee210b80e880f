"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { usePhysicalKeys } from "../_ui/physical-keys.ts";
import { TopBar } from "../_ui/top-bar.tsx";
import { KeyLegend } from "./key-legend.tsx";
import { OutboxProvider } from "./outbox/outbox-provider.tsx";
import { WaitingNotice } from "./outbox/waiting-notice.tsx";
import { type SearchBox, SearchBoxContext } from "./search-box.ts";

// What a visit may never need comes when it is first asked for.
const LeadPalette = dynamic(() => import("./lead-palette.tsx").then((module) => module.LeadPalette), { ssr: false });
const Tour = dynamic(() => import("./tour.tsx").then((module) => module.Tour));

/** The shell around every screen of a signed-in person. */
export function Workspace({ me, children }: { me: RouterOutputs["me"]["get"]; children: ReactNode }) {
  const [legendOpen, setLegendOpen] = useState(false);
  /** How often the palette was asked for; 0: it is not loaded yet. */
  const [paletteTurn, setPaletteTurn] = useState(0);
  const openPalette = () => setPaletteTurn((turn) => turn + 1);
  const [searchBox, setSearchBox] = useState<SearchBox | null>(null);

  usePhysicalKeys({
    Slash: (event) => {
      event.preventDefault();
      if (searchBox) searchBox.focus();
      else openPalette();
    },
    "Ctrl+KeyK": (event) => {
      event.preventDefault();
      openPalette();
    },
    "Shift+Slash": () => setLegendOpen(true),
  });

  return (
    <OutboxProvider userId={me.userId}>
      <SearchBoxContext value={setSearchBox}>
        <TopBar me={me} onSearch={searchBox ? null : openPalette} onKeys={() => setLegendOpen(true)} />
        <WaitingNotice />
        {!me.tourEnded && <Tour />}
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        {paletteTurn > 0 && <LeadPalette turn={paletteTurn} />}
        <KeyLegend opened={legendOpen} onClose={() => setLegendOpen(false)} />
      </SearchBoxContext>
    </OutboxProvider>
  );
}
