"use client";

import { spotlight } from "@mantine/spotlight";
import { type ReactNode, useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { usePhysicalKeys } from "../_ui/physical-keys.ts";
import { TopBar } from "../_ui/top-bar.tsx";
import { KeyLegend } from "./key-legend.tsx";
import { LeadPalette } from "./lead-palette.tsx";
import { OutboxProvider } from "./outbox/outbox-provider.tsx";
import { WaitingNotice } from "./outbox/waiting-notice.tsx";
import { type SearchBox, SearchBoxContext } from "./search-box.ts";

/** The shell around every screen of a signed-in person. */
export function Workspace({ me, children }: { me: RouterOutputs["me"]["get"]; children: ReactNode }) {
  const [legendOpen, setLegendOpen] = useState(false);
  const [searchBox, setSearchBox] = useState<SearchBox | null>(null);

  usePhysicalKeys({
    Slash: (event) => {
      event.preventDefault();
      if (searchBox) searchBox.focus();
      else spotlight.open();
    },
    "Ctrl+KeyK": (event) => {
      event.preventDefault();
      spotlight.open();
    },
    "Shift+Slash": () => setLegendOpen(true),
  });

  return (
    <OutboxProvider userId={me.userId}>
      <SearchBoxContext value={setSearchBox}>
        <TopBar me={me} onSearch={searchBox ? null : spotlight.open} onKeys={() => setLegendOpen(true)} />
        <WaitingNotice />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <LeadPalette />
        <KeyLegend opened={legendOpen} onClose={() => setLegendOpen(false)} />
      </SearchBoxContext>
    </OutboxProvider>
  );
}
