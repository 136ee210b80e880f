"use client";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { TrpcClientProvider } from "../trpc/client.tsx";
import { Announcer } from "./announcer.tsx";
import { resolveCssVariables, theme } from "./theme.ts";

/** What every screen stands on. `nonce` lets Mantine's style tags pass the content security policy. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveCssVariables}
      defaultColorScheme="auto"
      getStyleNonce={nonce === undefined ? undefined : () => nonce}
    >
      <NuqsAdapter>
        <TrpcClientProvider>
          <Announcer>
            {children}
            <Notifications position="bottom-left" limit={3} autoClose={12_000} zIndex={400} />
          </Announcer>
        </TrpcClientProvider>
      </NuqsAdapter>
    </MantineProvider>
  );
}
